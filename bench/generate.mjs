/**
 * Writes one of the seeded trees: `node generate.mjs sparse|dense|large DIR [FILES]`.
 * sparse: 2,350 files, 12.8 MB, 6 with Spark tasks · dense: 1,100 files, 15.5 MB, all with Spark tasks · large: 10,000 files,
 * one in twenty with Spark tasks. FILES makes a smaller or larger tree of the same kind.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { helperModule, plainDag, sparkDag } from './dags.mjs';
import { noun, numbers } from './words.mjs';

const kinds = {
  sparse: { files: 2350, bytes: 5450, everySpark: 391, tasks: 2 },
  dense: { files: 1100, bytes: 14_100, everySpark: 1, tasks: 6 },
  large: { files: 10_000, bytes: 5450, everySpark: 20, tasks: 2 },
};

const [kind, folder, files] = process.argv.slice(2);
const shape = kinds[kind];
if (shape === undefined || folder === undefined) {
  process.stderr.write('usage: node generate.mjs sparse|dense|large DIR [FILES]\n');
  process.exit(2);
}
const random = numbers(20_240_501);
let bytes = 0;
const write = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  bytes += text.length;
};
const count = Number(files ?? shape.files);
for (let index = 0; index < count; index++) {
  const name = `${noun(random)}_${index}`;
  const path = `dags/team_${index % 37}/${name}`;
  const size = shape.bytes * (0.4 + 1.2 * random());
  if (index % shape.everySpark === shape.everySpark - 1) {
    const { dag, documents } = sparkDag(random, name, shape.tasks, size);
    write(`${path}.py`, dag);
    for (const [document, text] of Object.entries(documents)) write(`dags/team_${index % 37}/${document}`, text);
  } else write(`${path}.py`, index % 5 === 0 ? helperModule(random, name, size) : plainDag(random, name, size));
}
write(
  'bpg-migrate.yaml',
  'version: 1\npaths: [dags]\nsource:\n  provider: "7.6.0"\ntarget:\n  profile: standalone\nrouting:\n  - connection: "*"\n    queue: poc\nqueues:\n  poc:\n    provides: all\n',
);
process.stdout.write(`${count} files, ${(bytes / 1e6).toFixed(1)} MB in ${folder}\n`);
