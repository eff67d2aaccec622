import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { ownRecordings } from './inputs.ts';
import { scoresOf } from './scores.ts';

/** Holds the calculators against recordings and prints a score for each kind; exits 1 if one is under 95 %. */
const command = new Command('recordings')
  .argument('[directory]', 'recordings; default: those of this project', ownRecordings)
  .option('--verbose', 'list the cases that differ, and how')
  .parse();
const [given = ownRecordings] = command.processedArgs as [string | undefined];
// npm starts scripts in the project and tells where it was called.
const called = resolve(process.env['INIT_CWD'] ?? '.', given);
const directory = existsSync(given) ? given : called;
if (!existsSync(directory)) command.error(`no such directory: ${directory}`, { exitCode: 2 });

const enough = 0.95;
for (const score of scoresOf(directory)) {
  if ('skipped' in score) {
    process.stdout.write(`skipped: ${score.skipped}\n`);
    continue;
  }
  process.stdout.write(`${score.name}: ${score.passed}/${score.total}\n`);
  if (score.passed < score.total * enough) process.exitCode = 1;
  if (command.opts<{ verbose?: true }>().verbose !== true) continue;
  for (const { id, how } of score.failures) process.stdout.write(`  ${id}: ${how}\n`);
}
