/**
 * Writes, undoes or settles a run, and is killed on the way: `node writer.mjs apply|undo|settle ROOT FILES POINT HALF`. POINT
 * counts the calls that change the file system; before that one the process gets SIGKILL, with HALF after half of what
 * the call would have written. It ends by itself, and says how many calls there were, where POINT is beyond them.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { PlannedFile } from '../../../src/index.ts';
import { quietSession } from './session.ts';

const [what = '', root = '', files = '', point = '0', half = ''] = process.argv.slice(2);
const changing = [
  'writeFileSync',
  'appendFileSync',
  'writeSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'unlinkSync',
  'fsyncSync',
  'chmodSync',
  'chownSync',
  'fchmodSync',
  'fchownSync',
  'copyFileSync',
] as const;
const real = { ...fs };
let calls = 0;
let inside = false;

type Call = (...args: unknown[]) => unknown;
const table = fs as unknown as Record<string, Call>;
for (const name of changing) {
  const call = table[name] as Call;
  table[name] = (...args: unknown[]) => {
    // What a call does by other calls is a part of it.
    if (inside) return call(...args);
    calls += 1;
    inside = true;
    try {
      if (calls === Number(point)) die(name, args);
      return call(...args);
    } finally {
      inside = false;
    }
  };
}
syncBuiltinESMExports();

function die(name: string, args: readonly unknown[]): void {
  const [target, content] = args;
  if (half !== '' && name === 'writeFileSync') {
    const bytes = Buffer.from(content as string);
    real.writeFileSync(target as string, bytes.subarray(0, bytes.length >> 1), { flag: 'w' });
  }
  if (half !== '' && name === 'writeSync') {
    const bytes = Buffer.from(content as Uint8Array);
    real.writeSync(target as number, bytes, 0, bytes.length >> 1, 0);
  }
  process.kill(process.pid, 'SIGKILL');
}

if (what === 'apply') {
  const { writeRun } = await import('../../../cli/write-run.ts');
  writeRun(root, JSON.parse(real.readFileSync(files, 'utf8')) as PlannedFile[]);
} else {
  const { loadOptions } = await import('../../../src/config/load.ts');
  const loaded = loadOptions({ cwd: root });
  if (!loaded.ok) throw new Error('the configuration is right');
  if (what === 'settle') {
    const { settleInterrupted } = await import('../../../cli/settle-runs.ts');
    await settleInterrupted(quietSession, loaded.options);
  } else {
    const { finishRun, listRuns, markUndone, reopenRun } = await import('../../../cli/undo-journal.ts');
    const { takeBackRun } = await import('../../../cli/undo-run.ts');
    for (const run of listRuns(root)) {
      reopenRun(root, run.id);
      const results = await takeBackRun(loaded.options, run);
      const paths = results.map(({ path }) => path);
      markUndone(root, run, paths);
      finishRun(root, run.id);
    }
  }
}
process.stdout.write(String(calls));
