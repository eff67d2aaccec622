/** The real Python, where it is installed: tests that need it say so when it is missing. */
import { spawnSync } from 'node:child_process';

const interpreter = process.env['BPG_MIGRATE_PYTHON'] ?? 'python3';

/** Why tests against the real Python are skipped, null where they run. */
export const noPython: string | null =
  spawnSync(interpreter, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0
    ? null
    : `skipped: no Python 3.9 or later as '${interpreter}'`;

/** Runs a script that reads JSON from its standard input and prints JSON. */
export function runPython(script: string, input: unknown): unknown {
  const run = spawnSync(interpreter, ['-W', 'ignore', '-c', script], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

/** For each text the complaint of CPython's compiler, null where it compiles. */
export function compileErrors(texts: readonly string[]): readonly (string | null)[] {
  const script = `
import json, sys
result = []
for text in json.load(sys.stdin):
    try:
        compile(text.encode('utf-8', 'surrogatepass'), 'a.py', 'exec')
        result.append(None)
    except Exception as error:
        result.append(f'{type(error).__name__}: {error}')
print(json.dumps(result))`;
  return runPython(script, texts) as readonly (string | null)[];
}
