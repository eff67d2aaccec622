import { describe, expect, it } from 'vitest';
import { translate } from '../../src/spec/translate.ts';

const document = (lines: string): string => `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: a}
spec:
  type: Python
  sparkVersion: "3.5"
  image: a:1
  mainApplicationFile: s3://a/a.py
${lines}
`;

const told = (lines: string): readonly unknown[] => {
  const { findings } = translate(document(lines), { format: 'yaml', queue: 'poc' });
  return findings.filter(({ code }) => code === 'literal-credential').map(({ args }) => args['path']);
};

describe('a literal credential', () => {
  it.each([
    ['  sparkConf: {spark.hadoop.fs.s3a.secret.key: abc}', 'sparkConf.spark.hadoop.fs.s3a.secret.key'],
    ['  sparkConf: {spark.ssl.keyPassword: hunter2}', 'sparkConf.spark.ssl.keyPassword'],
    [
      '  hadoopConf: {fs.azure.account.key.a.blob.core.windows.net: c2VjcmV0}',
      'hadoopConf.fs.azure.account.key.a.blob.core.windows.net',
    ],
    ['  driver: {env: [{name: A, value: b}, {name: DB_PASSWORD, value: hunter2}]}', 'driver.env[1]'],
    ['  executor: {env: [{name: GITHUB_TOKEN, value: ghp_1}]}', 'executor.env[0]'],
  ])('is told: %s', (lines, path) => expect(told(lines)).toEqual([path]));

  it.each([
    ['the name of a class', '  sparkConf: {spark.hadoop.fs.s3a.aws.credentials.provider: com.example.Provider}'],
    ['a reference', `  sparkConf: {spark.hadoop.fs.s3a.secret.key: "\${env:KEY}"}`],
    ['Jinja', '  sparkConf: {spark.hadoop.fs.s3a.secret.key: "{{ conn.s3.password }}"}'],
    ['a path', '  driver: {env: [{name: TOKEN, value: /var/run/token}]}'],
    ['a switch', '  sparkConf: {spark.authenticate.secret: "true"}'],
    ['another key', '  sparkConf: {spark.sql.shuffle.partitions: "10"}'],
    ['a reference to a secret', '  driver: {env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: a, key: b}}}]}'],
  ])('is none: %s', (_, lines) => expect(told(lines)).toEqual([]));
});
