import { describe, expect, it } from 'vitest';
import { pinFiles, pinnedVersions } from '../../src/rewriter/deployment.ts';

describe('pinnedVersions', () => {
  it.each([
    ['requirements', 'apache-airflow[async]==2.10.3\npandas==2.0\n', '2.10.3', null],
    [
      'constraints of pip',
      '--constraint "https://host.example/airflow/constraints-2.9.2/constraints-3.11.txt"\n',
      '2.9.2',
      null,
    ],
    ['the provider', 'apache-airflow-providers-cncf-kubernetes==9.0.1\n', null, '9.0.1'],
    ['pyproject', 'dependencies = [\n  "apache-airflow==2.8.1",\n]\n', '2.8.1', null],
    [
      'poetry',
      'apache-airflow = "2.7.2"\napache-airflow-providers-cncf-kubernetes = {version = "7.6.0", extras = ["x"]}\n',
      '2.7.2',
      '7.6.0',
    ],
    [
      'a lock',
      '[[package]]\nname = "apache-airflow"\nversion = "3.0.6"\n\n[[package]]\nname = "apache-airflow-core"\nversion = "1.0"\n',
      '3.0.6',
      null,
    ],
    ['an image', 'FROM apache/airflow:2.10.3-python3.11\n', '2.10.3', null],
    ['compose', '    image: "apache/airflow:2.9.1"\n', '2.9.1', null],
    ['MWAA', 'resource "aws_mwaa_environment" "x" {\n  airflow_version = "2.10.1"\n}\n', '2.10.1', null],
    ['a range', 'apache-airflow>=2.8,<3\napache-airflow = "^2.8.1"\n', null, null],
    ['two different pins', 'apache-airflow==2.8.1\nFROM apache/airflow:2.9.0\n', null, null],
    ['an image without a version', 'FROM apache/airflow:latest\n', null, null],
  ])('reads %s', (_, text, airflow, provider) => {
    expect(pinnedVersions([text])).toEqual({ airflow, provider });
  });

  it.each([
    'requirements-dev.txt',
    'pyproject.toml',
    'uv.lock',
    'Dockerfile',
    'Dockerfile.airflow',
    'docker-compose.yaml',
    'mwaa.tf',
  ])('looks into %s', (name) => {
    expect(pinFiles.test(name)).toBe(true);
  });
  it.each(['README.md', 'main.tf', 'package-lock.json', 'requirements.in'])('leaves %s', (name) => {
    expect(pinFiles.test(name)).toBe(false);
  });
});
