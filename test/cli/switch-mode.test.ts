/** `--mode` on the command line: what is written and said, what goes again, and the way back. */
import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modeContradiction } from '../../cli/switch-mode.ts';
import { bpgMigrate, contentOf, folderWith, stateOf } from './command.ts';
import { configuration, safeFiles, sensorFiles } from './sample.ts';

const files = {
  ...safeFiles,
  ...sensorFiles,
  'bpg-migrate.yaml': configuration.replace('{ airflow: "2.10.3" }', '{ provider: "7.6.0" }'),
};
const switched = ['apply', '--mode', 'switch', '--include', 'review'];
const runs = 'pause its DAG, let its runs finish, change the word and deploy, unpause';

describe('--mode', () => {
  it('puts a switch, leaves it alone, takes it away, and back both times', async () => {
    const cwd = folderWith(files);
    const before = stateOf(cwd);
    const first = await bpgMigrate(switched, { cwd });
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('new     dags/bpg-routing.yaml\nnew     dags/bpg_switch.py\n');
    expect(first.stderr).toContain('2 behind a switch, 0 left');
    expect(first.stderr).toContain(runs);
    expect(contentOf(cwd, 'dags/safe.py')).toContain(
      ') if on_bpg("submit", connection="known") else SparkKubernetesOperator(',
    );
    const between = stateOf(cwd);

    const plain = await bpgMigrate(['apply', '--include', 'review'], { cwd });
    expect(plain.stdout).toContain(
      'switched: both operators stand here; dags/bpg-routing.yaml has the task on the old path',
    );
    expect(stateOf(cwd)).toEqual(between);
    expect((await bpgMigrate(['apply', '--check'], { cwd })).code).toBe(1);

    writeFileSync(join(cwd, 'dags/bpg-routing.yaml'), 'dags: {safe_dag: new}\n');
    const half = await bpgMigrate(['apply', '--mode', 'final'], { cwd });
    expect(half.stderr).toContain('1 with the new operator only, 1 left');
    expect(half.stdout).toContain('switch-stays: the switch stays: dags/bpg-routing.yaml has the task on the old path');
    expect(half.stdout).not.toContain('bpg_switch.py');
    expect(contentOf(cwd, 'dags/safe.py')).not.toContain('on_bpg');

    writeFileSync(join(cwd, 'dags/bpg-routing.yaml'), 'connections: {known: new, kubernetes_default: new}\n');
    const rest = await bpgMigrate(['apply', '--mode', 'final'], { cwd });
    expect(rest.stdout).toContain('removed dags/bpg-routing.yaml\nremoved dags/bpg_switch.py\n');
    expect(rest.stderr).toContain('pause, let runs finish, deploy, unpause');
    expect(stateOf(cwd)['dags/bpg_switch.py']).toBeUndefined();

    for (let run = 0; run < 2; run += 1) expect((await bpgMigrate(['undo'], { cwd })).code).toBe(0);
    const { 'dags/bpg-routing.yaml': _, ...others } = stateOf(cwd);
    const { 'dags/bpg-routing.yaml': __, ...expected } = between;
    expect(others).toEqual(expected);
    unlinkSync(join(cwd, 'dags/bpg-routing.yaml'));
    expect((await bpgMigrate(['undo'], { cwd })).code).toBe(0);
    expect(stateOf(cwd)).toEqual(before);
  });

  it('leaves the module to a DAG that undo may yet bring back, whatever the order', async () => {
    const cwd = folderWith(files);
    const before = stateOf(cwd);
    const one = ['--dag', 'safe_dag'];
    await bpgMigrate([...switched, ...one], { cwd });
    const routing = contentOf(cwd, 'dags/bpg-routing.yaml');
    writeFileSync(join(cwd, 'dags/bpg-routing.yaml'), 'dags: {safe_dag: new}\n');
    const final = await bpgMigrate(['apply', '--mode', 'final', ...one], { cwd });
    expect(final.code).toBe(0);
    // As final leaves it beside another DAG, or as somebody put it back.
    if (stateOf(cwd)['dags/bpg_switch.py'] === undefined)
      writeFileSync(join(cwd, 'dags/bpg_switch.py'), readFileSync('scaffold/switch/bpg_switch.py'));
    const first = await bpgMigrate(['undo', '1'], { cwd });
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('refused  dags/safe.py');
    expect(first.stdout).toContain('kept     dags/bpg_switch.py: dags/safe.py is not taken back');
    expect((await bpgMigrate(['undo', '2'], { cwd })).stdout).toContain('restored dags/safe.py');
    expect(contentOf(cwd, 'dags/safe.py')).toContain('from bpg_switch import on_bpg');
    expect(stateOf(cwd)['dags/bpg_switch.py']).toBeDefined();
    writeFileSync(join(cwd, 'dags/bpg-routing.yaml'), routing);
    expect((await bpgMigrate(['undo', '1'], { cwd })).code).toBe(0);
    expect(stateOf(cwd)).toEqual(before);
  });

  it('keeps the module while another run would bring back a DAG that names it', async () => {
    const cwd = folderWith(files);
    await bpgMigrate([...switched, '--dag', 'safe_dag'], { cwd });
    const legacy = safeFiles['dags/safe.py'] ?? '';
    const index = JSON.parse(contentOf(cwd, '.bpg-migrate/undo/0001/run.json')) as { files: { path: string }[] };
    // The later run took the switch of this DAG away; the DAG is as it was before the first by now.
    const folder = join(cwd, '.bpg-migrate/undo/0002');
    mkdirSync(folder);
    const content = { before: contentOf(cwd, 'dags/safe.py'), after: legacy, encoding: 'utf-8' };
    writeFileSync(join(folder, '0.json'), JSON.stringify(content));
    const listed = index.files.filter(({ path }) => path === 'dags/safe.py');
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ version: 1, files: listed }));
    writeFileSync(join(folder, 'done'), '');
    writeFileSync(join(cwd, 'dags/safe.py'), legacy);
    const { stdout } = await bpgMigrate(['undo', '1'], { cwd });
    const why = 'undo of run 0002 would bring back dags/safe.py, which names it';
    expect(stdout).toContain(`kept     dags/bpg-routing.yaml: ${why}\nkept     dags/bpg_switch.py: ${why}\n`);
    expect(stateOf(cwd)['dags/bpg_switch.py']).toBeDefined();
    await bpgMigrate(['undo', '2'], { cwd });
    expect(contentOf(cwd, 'dags/safe.py')).toContain('from bpg_switch import on_bpg');
  });

  it('is a patch too, that removes what nobody needs any more', async () => {
    const cwd = folderWith(files);
    await bpgMigrate(switched, { cwd });
    writeFileSync(join(cwd, 'dags/bpg-routing.yaml'), 'dags: {safe_dag: new, waiting_dag: new}\n');
    const { code, stdout } = await bpgMigrate(['diff', '--mode', 'final'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^deleted file mode 100644\nindex \w+\.\.0{40}\n--- a\/dags\/bpg_switch\.py\n\+\+\+ \/dev\/null$/m,
    );
  });

  it('refuses an unknown word', async () => {
    const { code, stderr } = await bpgMigrate(['apply', '--mode', 'gradual'], { cwd: folderWith(files) });
    expect(code).toBe(2);
    expect(stderr).toContain('switch');
  });

  it.each([
    [{ mode: 'switch', check: true }, '--check writes nothing'],
    [{ mode: 'final', accepted: true }, '--accepted says nothing'],
    [{ mode: 'final', include: 'review' }, '--include says nothing'],
    [{ mode: 'final' }, null],
    [{ mode: 'switch', include: 'review' }, null],
    [{ check: true }, null],
  ])('%j', (flags, said) => {
    const told = modeContradiction(flags);
    if (said === null) expect(told).toBeNull();
    else expect(told).toContain(said);
  });
});
