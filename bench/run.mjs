/**
 * Times bpg-migrate beside other tools, on the same trees in one run, and prints a Markdown table.
 * `node bench/run.mjs [--runs 8] [--only P1,P2] [--scale 1]` from a built checkout (`npm run build`).
 * The rivals are installed by their own lock files into a cache outside of the project. A rival that did not do its part
 * (a file that should have been found or changed and was not) is an error, not a time.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const ours = join(here, '..', 'dist', 'bpg-migrate.js');
const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '8' },
    only: { type: 'string' },
    scale: { type: 'string', default: '1' },
  },
});
const runs = Number(flags.runs);
const scale = Number(flags.scale);
const asked = flags.only?.split(',');
const work = mkdtempSync(join(tmpdir(), 'bpg-migrate-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const rivals = installRivals();

/** Installs the rivals once for each pair of lock files; returns their commands. */
function installRivals() {
  const locks = ['package-lock.json', 'rivals/requirements.lock'].map((name) => readFileSync(join(here, name)));
  const key = createHash('sha256').update(Buffer.concat(locks)).digest('hex').slice(0, 16);
  const folder = join(homedir(), '.cache', 'bpg-migrate', `rivals-${key}`);
  if (!existsSync(join(folder, 'complete'))) {
    process.stderr.write(`installing the rivals into ${folder}\n`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(here, name), join(folder, name));
    execFileSync('npm', ['ci', '--ignore-scripts', '--silent'], { cwd: folder, stdio: 'inherit' });
    execFileSync('python3', ['-m', 'venv', 'venv'], { cwd: folder, stdio: 'inherit' });
    const requirements = join(here, 'rivals', 'requirements.lock');
    execFileSync('venv/bin/pip', ['install', '--quiet', '--require-hashes', '-r', requirements], { cwd: folder });
    writeFileSync(join(folder, 'complete'), '');
  }
  const binary = (pack, name) => join(folder, 'node_modules', pack, name);
  const found = spawnSync('rg', ['--version']).status === 0;
  return {
    // the packages' own starters are Node scripts; the native programs beside them are what is timed
    astGrep: native(folder, '@ast-grep', 'ast-grep') ?? binary('@ast-grep/cli', 'ast-grep'),
    codemod: native(folder, '@codemod.com', 'codemod'),
    ruff: join(folder, 'venv', 'bin', 'ruff'),
    python: join(folder, 'venv', 'bin', 'python'),
    ripgrep: found ? 'rg' : null,
  };
}

function native(folder, scope, name) {
  for (const libc of ['gnu', 'musl']) {
    const path = join(folder, 'node_modules', scope, `cli-${process.platform}-${process.arch}-${libc}`, name);
    if (existsSync(path)) return path;
  }
  return null;
}

/** A tree of the generator, made once a run; `files` overrides how many. */
function tree(kind, files) {
  const folder = join(work, `${kind}-${files ?? 'all'}`);
  if (!existsSync(folder)) {
    const count = files === undefined ? [] : [String(files)];
    const said = execFileSync('node', [join(here, 'generate.mjs'), kind, folder, ...count], { encoding: 'utf8' });
    process.stderr.write(said);
  }
  return folder;
}

const sparseFiles = scale === 1 ? undefined : Math.round(2350 * scale);
const denseFiles = scale === 1 ? undefined : Math.round(1100 * scale);

/**
 * Runs a command as a whole process: once to warm the file cache, then `times` times.
 * @returns median, least and most seconds of wall clock, and the peak memory in MiB.
 */
function time(command, { cwd, prepare = () => {}, check, times = runs, codes = [0] }) {
  const seconds = [];
  const memory = [];
  for (let run = 0; run <= times; run++) {
    prepare();
    const started = process.hrtime.bigint();
    const done = spawnSync('/usr/bin/time', ['-f', '\nmem %M', ...command], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, NO_COLOR: '1' },
    });
    const took = Number(process.hrtime.bigint() - started) / 1e9;
    if (!codes.includes(done.status))
      throw new Error(`${command.join(' ')}: exit ${done.status}\n${done.stderr.slice(-800)}`);
    const problem = check?.(done.stdout);
    if (problem) throw new Error(`${command.join(' ')} did not do its part: ${problem}`);
    if (run === 0) continue;
    seconds.push(took);
    memory.push(Number(/mem (\d+)/.exec(done.stderr)?.[1] ?? 0) / 1024);
  }
  seconds.sort((a, b) => a - b);
  return {
    median: seconds[Math.floor(seconds.length / 2)],
    least: seconds[0],
    most: seconds.at(-1),
    memory: Math.max(...memory),
  };
}

const rows = [];
function row(part, what, result, note = '') {
  rows.push({ part, what, ...result, note });
  process.stderr.write(`${part} ${what}: ${result.median.toFixed(3)} s, ${result.memory.toFixed(0)} MiB\n`);
}

const node = [process.execPath];
const count = (text, pattern) => text.match(pattern)?.length ?? 0;
const expect = (found, wanted, what) => (found === wanted ? null : `${found} ${what} instead of ${wanted}`);

function sparseScan() {
  const cwd = tree('sparse', sparseFiles);
  const tasks = Number(
    execFileSync('grep', ['-rhoE', '--include=*.py', 'SparkKubernetesOperator\\(', 'dags'], {
      cwd,
      encoding: 'utf8',
    }).split('\n').length - 1,
  );
  row('P1', '`node -e 0`', time([...node, '-e', '0'], {}));
  if (rivals.ripgrep !== null)
    row(
      'P1',
      'ripgrep, the word',
      time([rivals.ripgrep, '-l', 'SparkKubernetesOperator', 'dags'], {
        cwd,
        check: (out) => (out === '' ? 'found nothing' : null),
      }),
    );
  row(
    'P1',
    'grep, the word',
    time(['grep', '-rlF', 'SparkKubernetesOperator', 'dags'], {
      cwd,
      check: (out) => (out === '' ? 'found nothing' : null),
    }),
  );
  row(
    'P1',
    'ruff check --select AIR --no-cache',
    time([rivals.ruff, 'check', '--select', 'AIR', '--no-cache', '--exit-zero', '--quiet', '--isolated', 'dags'], {
      cwd,
    }),
    'finds nothing of ours',
  );
  row(
    'P1',
    'ast-grep scan',
    time([rivals.astGrep, 'scan', '--rule', join(here, 'rivals', 'ast-grep.yml'), '--json=stream', 'dags'], {
      cwd,
      check: (out) => expect(count(out, /"ruleId":"callee"/g), tasks, 'calls'),
    }),
  );
  row(
    'P1',
    '**bpg-migrate scan --no-cache**',
    time([...node, ours, 'scan', '--no-cache', '--format', 'json'], {
      cwd,
      check: (out) => expect(JSON.parse(out).summary.tasks, tasks, 'tasks'),
    }),
    `${tasks} tasks, decided`,
  );
  row(
    'P3',
    'bpg-migrate scan, warm cache',
    time([...node, ours, 'scan', '--format', 'json'], {
      cwd,
      check: (out) => expect(JSON.parse(out).summary.tasks, tasks, 'tasks'),
    }),
    'contents checked, same bytes',
  );
  const copy = join(work, 'copy');
  const fresh = () => {
    rmSync(copy, { recursive: true, force: true });
    cpSync(cwd, copy, { recursive: true });
  };
  const renamed = () =>
    expect(
      Number(
        spawnSync('grep', ['-rhoE', 'BPGOperator\\(', 'dags'], { cwd: copy, encoding: 'utf8' }).stdout.split('\n')
          .length - 1,
      ),
      tasks,
      'calls renamed',
    );
  row(
    'P1',
    'LibCST, word filter',
    time([rivals.python, join(here, 'rivals', 'libcst_rename.py'), 'dags', '--filter'], {
      cwd: copy,
      prepare: fresh,
      check: renamed,
      times: 2,
    }),
    'renames only',
  );
  row(
    'P1',
    'LibCST',
    time([rivals.python, join(here, 'rivals', 'libcst_rename.py'), 'dags'], {
      cwd: copy,
      prepare: fresh,
      check: renamed,
      times: 1,
    }),
    'renames only; 1 run',
  );
}

function denseRewrite() {
  const cwd = tree('dense', denseFiles);
  const copy = join(work, 'copy');
  const fresh = () => {
    rmSync(copy, { recursive: true, force: true });
    cpSync(cwd, copy, { recursive: true });
  };
  const calls = () =>
    spawnSync('grep', ['-rhoE', '--include=*.py', '= BPGOperator\\(', 'dags'], {
      cwd: copy,
      encoding: 'utf8',
    }).stdout.split('\n').length - 1;
  const tasks = Number(
    execFileSync('grep', ['-rhoE', '--include=*.py', '= SparkKubernetesOperator\\(', 'dags'], {
      cwd,
      encoding: 'utf8',
    }).split('\n').length - 1,
  );
  const all = () => expect(calls(), tasks, 'calls renamed');
  const some = Math.min(runs, 3);
  row(
    'P2',
    'ast-grep scan -U',
    time([rivals.astGrep, 'scan', '--rule', join(here, 'rivals', 'ast-grep.yml'), '-U', 'dags'], {
      cwd: copy,
      prepare: fresh,
      check: all,
      times: some,
    }),
    'renames only',
  );
  if (rivals.codemod !== null)
    row(
      'P2',
      'codemod jssg run',
      time(
        [
          rivals.codemod,
          'jssg',
          'run',
          join(here, 'rivals', 'codemod.mjs'),
          '--language',
          'python',
          '--target',
          'dags',
          '--allow-dirty',
          '--no-interactive',
          '--disable-analytics',
        ],
        { cwd: copy, prepare: fresh, check: all, times: some },
      ),
      'renames only',
    );
  row(
    'P2',
    'LibCST',
    time([rivals.python, join(here, 'rivals', 'libcst_rename.py'), 'dags'], {
      cwd: copy,
      prepare: fresh,
      check: all,
      times: 1,
    }),
    'renames only; 1 run',
  );
  row(
    'P2',
    '**bpg-migrate scan --no-cache**',
    time([...node, ours, 'scan', '--no-cache', '--format', 'json'], {
      cwd,
      check: (out) => expect(JSON.parse(out).summary.tasks, tasks, 'tasks'),
      times: some,
    }),
    'decided, every change made on trial',
  );
  row(
    'P2',
    '**bpg-migrate apply --include review**',
    time([...node, ours, 'apply', '--include', 'review', '--quiet', '--no-cache'], {
      cwd: copy,
      prepare: fresh,
      check: () => (calls() > tasks * 0.9 ? null : `${calls()} of ${tasks} calls`),
      times: some,
    }),
    'detect, rewrite, translate, verify, write',
  );
}

function growth() {
  const some = Math.min(runs, 3);
  for (const files of [1000, 10_000]) {
    const cwd = tree('large', Math.round(files * scale));
    row(
      'P4',
      `bpg-migrate scan, ${Math.round(files * scale)} files`,
      time([...node, ours, 'scan', '--no-cache', '--format', 'json'], { cwd, times: some }),
      'one in twenty with Spark tasks',
    );
  }
}

function help() {
  row('P9', 'bpg-migrate --help', time([...node, ours, '--help'], {}));
}

for (const [parts, part] of [
  [['P1', 'P3'], sparseScan],
  [['P2'], denseRewrite],
  [['P4', 'P8'], growth],
  [['P9'], help],
])
  if (asked === undefined || parts.some((name) => asked.includes(name))) part();

process.stdout.write(
  `${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}, medians of ${runs} runs where nothing else is said\n\n`,
);
process.stdout.write('| | command | median s | least–most | peak MiB | |\n|---|---|---:|---:|---:|---|\n');
for (const { part, what, median, least, most, memory, note } of rows)
  process.stdout.write(
    `| ${part} | ${what} | ${median.toFixed(3)} | ${least.toFixed(3)}–${most.toFixed(3)} | ${memory.toFixed(0)} | ${note} |\n`,
  );
