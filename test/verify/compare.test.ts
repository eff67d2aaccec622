import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/verify/observation.ts';
import {
  after,
  before,
  compare,
  document,
  type EditableDag,
  type EditableTask,
  editable,
  faults,
  mappedAfter,
  mappedBefore,
  task,
} from './observations.ts';

/** The migrated side with one fault in it. */
function faulty(spoil: (tasks: Record<string, EditableTask>, dag: EditableDag) => void, from = after): Observation {
  const copy = JSON.parse(JSON.stringify(from)) as Observation & { dags: Record<string, EditableDag> };
  const [dag] = Object.values(copy.dags);
  if (dag !== undefined) spoil(dag.tasks, dag);
  return copy;
}

const part = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the observation lacks what the test spoils');
  return value;
};

describe('a clean migration', () => {
  it('has no unexplained difference, and its explained ones say what was done', () => {
    const { summary, differences, notCompared } = compare(before, after);
    expect(summary).toEqual({
      dags: 1,
      tasks: 4,
      migrated: 1,
      legacy: 0,
      requests: 1,
      explained: 7,
      unexplained: 0,
      notCompared: 0,
    });
    expect(notCompared).toEqual([]);
    expect(differences.map(({ kind }) => kind).sort()).toEqual([
      'edges-contracted',
      'keywords-dropped',
      'keywords-written',
      'operator-replaced',
      'request-translated',
      'sensor-removed',
      'template-fields',
    ]);
    expect(differences.every(({ remedy }) => remedy === null)).toBe(true);
  });

  it('of a mapped task has none either', () => {
    const { summary } = compare(mappedBefore, mappedAfter);
    expect(summary).toMatchObject({ unexplained: 0, migrated: 1, requests: 2 });
  });

  it('of nothing is equal', () => {
    expect(compare(before, before)).toMatchObject({ differences: [], summary: { legacy: 1, migrated: 0 } });
  });

  it('may raise execution_timeout beyond the limit of the job, and no less', () => {
    const short = faulty(({ submit }) => {
      part(submit).base['execution_timeout'] = { seconds: 600 };
    }, before);
    const raisedTo = (seconds: number): Observation =>
      faulty(({ submit }) => {
        part(submit).base['execution_timeout'] = { seconds };
      });
    expect(faults(short, raisedTo(3900))).toEqual([]);
    expect(faults(short, raisedTo(3899))).toEqual(['argument-changed submit execution_timeout']);
  });

  it('may leave do_xcom_push=True behind, but keeps False', () => {
    const pushing = (value: boolean, from: Observation): Observation =>
      faulty(({ submit }) => {
        part(submit).base['do_xcom_push'] = value;
        part(submit).given.push('do_xcom_push');
      }, from);
    const silent = pushing(false, before);
    expect(faults(before, pushing(false, after))).toEqual([]);
    expect(faults(silent, after)).toEqual(['argument-changed submit do_xcom_push']);
  });

  it('may give a function by which the operator translates what it rendered', () => {
    const translating = faulty(({ submit }) => {
      part(submit).given.push('translate');
      part(submit).own['translate'] = { function: 'a.<lambda>', code: '34fb', defaults: null };
    });
    expect(faults(before, translating)).toEqual([]);
  });

  it('may write deferrable=True for a sensor that held no slot', () => {
    const deferred = faulty(({ submit }) => {
      part(submit).given.push('deferrable');
      part(submit).own['deferrable'] = true;
    });
    expect(faults(before, deferred)).toEqual([]);
  });

  it('may turn the sensor into an empty task that runs when the sensor did', () => {
    const emptied = (rule: string): Observation =>
      faulty((tasks) => {
        const [submit, publish, notify] = [part(tasks['submit']), part(tasks['publish']), part(tasks['notify'])];
        tasks['monitor'] = editable(task({ upstream: ['submit'], downstream: ['publish', 'notify'] }));
        part(tasks['monitor']).base['trigger_rule'] = rule;
        part(tasks['monitor']).base['retries'] = 3;
        submit.downstream = ['monitor'];
        publish.upstream = ['monitor'];
        notify.upstream = ['monitor'];
      });
    expect(faults(before, emptied('all_success'))).toEqual([]);
    expect(faults(before, emptied('all_done'))).toEqual(['trigger-rule-changed monitor trigger_rule']);
  });
});

describe('a fault', () => {
  it('edge lost', () => {
    const lost = faulty(({ submit, notify }) => {
      part(submit).downstream = ['publish'];
      part(notify).upstream = [];
    });
    const [difference] = compare(before, lost).differences;
    expect(difference).toMatchObject({
      kind: 'edge-lost',
      explained: false,
      file: 'dags/score.py',
      dagId: 'score',
      taskId: 'notify',
      before: 'submit >> notify',
      after: null,
      message: 'the edge submit >> notify is gone',
    });
    expect(difference?.remedy).toMatch(/Put it back/);
    expect(faults(before, lost)).toHaveLength(1);
  });

  it('edge new', () => {
    const fresh = faulty(({ prepare }) => part(prepare).downstream.push('notify'));
    expect(faults(before, fresh)).toEqual(['edge-new notify prepare >> notify']);
  });

  it('argument changed', () => {
    const changed = faulty(({ submit }) => {
      part(submit).base['pool'] = 'other';
    });
    expect(faults(before, changed)).toEqual(['argument-changed submit pool']);
    expect(compare(before, changed).differences[0]).toMatchObject({ before: 'default_pool', after: 'other' });
  });

  it('argument of a task that was not migrated changed', () => {
    const changed = faulty(({ prepare }) => {
      part(prepare).own['python_callable'] = { function: 'm.f', code: '2' };
    });
    expect(faults(before, changed)).toEqual(['argument-changed prepare python_callable']);
  });

  it('argument that the migration does not write', () => {
    const added = faulty(({ submit }) => {
      part(submit).given.push('flavour');
      part(submit).own['flavour'] = 'x';
    });
    expect(faults(before, added)).toEqual(['argument-changed submit flavour']);
  });

  it('connection that is not the configured one', () => {
    const other = faulty(({ submit }) => {
      part(submit).own['connection_id'] = 'elsewhere';
    });
    expect(faults(before, other)).toEqual(['argument-changed submit connection_id']);
  });

  it('trigger rule changed', () => {
    const changed = faulty(({ publish }) => {
      part(publish).base['trigger_rule'] = 'all_done';
    });
    expect(faults(before, changed)).toEqual(['trigger-rule-changed publish trigger_rule']);
  });

  it('trigger rule of the removed sensor lost', () => {
    const always = faulty(({ monitor }) => {
      part(monitor).base['trigger_rule'] = 'all_done';
    }, before);
    expect(faults(always, after)).toEqual([
      'trigger-rule-changed notify trigger_rule',
      'trigger-rule-changed publish trigger_rule',
    ]);
  });

  it('task renamed', () => {
    const renamed = faulty((tasks) => {
      tasks['send'] = part(tasks['submit']);
      delete tasks['submit'];
      part(tasks['prepare']).downstream = ['send'];
      part(tasks['publish']).upstream = ['send'];
      part(tasks['notify']).upstream = ['send'];
    });
    const withoutSensor = (observation: Observation): Observation =>
      faulty((tasks) => {
        delete tasks['monitor'];
        part(tasks['submit']).downstream = ['publish', 'notify'];
        part(tasks['publish']).upstream = ['submit'];
        part(tasks['notify']).upstream = ['submit'];
      }, observation);
    expect(faults(withoutSensor(before), renamed)).toEqual(['task-renamed send']);
  });

  it('task lost and task new, where they do not do the same', () => {
    const other = faulty((tasks) => {
      delete tasks['prepare'];
      tasks['clean'] = editable(task({ class: 'BashOperator' }));
    });
    expect(faults(before, other)).toEqual(['task-new clean', 'task-lost prepare']);
  });

  it('sensor removed whose operator was not migrated', () => {
    const early = faulty((tasks) => {
      delete tasks['monitor'];
      part(tasks['submit']).downstream = [];
    }, before);
    expect(faults(before, early)).toContain('task-lost monitor');
  });

  it('class changed', () => {
    const changed = faulty(({ prepare }) => {
      part(prepare).class = 'BashOperator';
    });
    expect(faults(before, changed)).toEqual(['class-changed prepare']);
  });

  it('task group and DAG changed', () => {
    const changed = faulty(({ publish }, dag) => {
      part(publish).group = 'late';
      dag.attributes['catchup'] = true;
    });
    expect(faults(before, changed)).toEqual(['dag-changed catchup', 'group-changed publish']);
  });

  it('DAG lost and new', () => {
    expect(faults(before, { ...after, dags: {} })).toEqual(['dag-lost']);
    expect(faults({ ...before, dags: {} }, after)).toEqual(['dag-new']);
  });
});

describe('an import error', () => {
  const broken = {
    'dags/score.py': 'Traceback …\n  File "score.py"\nModuleNotFoundError: No module named \'bpg_operator\'\n',
  };

  it('that is new is a fault, told once with its last line', () => {
    const failing = { ...after, dags: {}, importErrors: broken };
    expect(faults(before, failing)).toEqual(['import-error']);
    expect(compare(before, failing).differences[0]).toMatchObject({
      file: 'dags/score.py',
      after: "ModuleNotFoundError: No module named 'bpg_operator'",
    });
  });

  it('of an operator without the keywords that were written names the operator', () => {
    const text = "AirflowException: Invalid arguments were passed to BPGOperator (task_id: t).\\n**kwargs: {'a': 1}";
    const failing = { ...after, dags: {}, importErrors: { 'dags/score.py': text } };
    const [difference] = compare(before, failing).differences;
    expect(difference?.remedy).toContain('target.operatorSource');
    expect(difference?.after).toContain('Invalid arguments were passed to BPGOperator');
  });

  it('on both sides is told, and a fault where the file was changed', () => {
    const failing = (one: Observation): Observation => ({ ...one, dags: {}, importErrors: broken });
    const both = [failing(before), failing(after)] as const;
    expect(compare(...both)).toMatchObject({ differences: [], summary: { notCompared: 1 } });
    expect(faults(...both, { changedFiles: new Set(['dags/score.py']) })).toEqual(['never-loaded']);
  });

  it('that is gone leaves nothing to compare', () => {
    const { summary, notCompared } = compare({ ...before, dags: {}, importErrors: broken }, after);
    expect(summary.unexplained).toBe(0);
    expect(notCompared[0]?.reason).toMatch(/did not load before: ModuleNotFound/);
  });
});

describe('a request', () => {
  const with_ = (text: string): Observation =>
    faulty(({ submit }) => {
      part(submit).documents = [document(text)];
    });

  it('that differs is a fault at its place', () => {
    const changed = with_('queue: poc\ndriver: {cores: 2, memory: 1g}');
    expect(faults(before, changed)).toEqual([
      'document-changed submit driver.cores',
      'document-changed submit driver.memory',
    ]);
    expect(compare(before, changed).differences[0]).toMatchObject({ before: '1', after: '2' });
  });

  it('for another queue than the plan’s is a fault', () => {
    expect(faults(before, with_('queue: other\ndriver: {cores: 1}'))).toEqual(['document-changed submit queue']);
  });

  it('that was not translated is a fault', () => {
    expect(faults(before, with_('apiVersion: v1\nspec: {driver: {cores: 1}}'))).toContain(
      'document-changed submit apiVersion',
    );
  });

  it.each([
    ['driver: [', 'it does not parse'],
    ['a: 1\n---\nb: 2', 'it holds 2 documents'],
    ['driver: &d {cores: 1}\nexecutor: *d', 'the alias *d'],
    ['- 1', 'it is no mapping'],
    ['', 'it is empty'],
  ])('that the gateway could not read is a fault: %s', (text, because) => {
    const [fault] = faults(before, with_(text));
    expect(fault).toContain(`document-unreadable submit ${because}`);
  });

  it('that is only a path names the operator that does not open it', () => {
    const [difference] = compare(before, with_('score.bpg.yaml')).differences;
    expect(difference).toMatchObject({
      kind: 'document-unreadable',
      message: expect.stringContaining('score.bpg.yaml'),
    });
    expect(difference?.remedy).toContain('target.operatorSource');
    expect(compare(before, with_('- 1')).differences[0]?.remedy).not.toContain('target.operatorSource');
  });

  it('of a document that has no translation is told, not guessed', () => {
    const odd = faulty(({ submit }) => {
      part(submit).documents = [document('nothing')];
    }, before);
    expect(compare(odd, after)).toMatchObject({ summary: { unexplained: 0, notCompared: 1, requests: 0 } });
  });

  it('that could be rendered before and can no longer be is a fault', () => {
    const unknown = faulty(({ submit }) => {
      part(submit).documents = [{ index: null, kind: 'unknown', because: 'UndefinedError' }];
    });
    expect(faults(before, unknown)).toEqual(['document-unreadable submit UndefinedError']);
    expect(faults(unknown, unknown)).toEqual([]);
  });

  describe('of a task that is made in a loop', () => {
    const target = { accountingLabels: false, connectionId: 'bpg_connection', operator: 'bpg_operator.BPGOperator' };
    const options = { routing: [{ queue: 'poc' }, { queue: 'late' }], target };

    it('goes where the plan sends the loop', () => {
      const given = { tasks: [{ dagId: 'score', taskId: null, queue: 'late' }], options };
      expect(faults(before, with_('queue: late\ndriver: {cores: 1}'), given)).toEqual([]);
      expect(faults(before, with_('queue: poc\ndriver: {cores: 1}'), given)).toEqual(['document-changed submit queue']);
    });

    it('goes to any queue that a route names, where the plan knows nothing of it', () => {
      const given = { tasks: [], options };
      expect(faults(before, with_('queue: late\ndriver: {cores: 1}'), given)).toEqual([]);
      expect(faults(before, with_('queue: never\ndriver: {cores: 1}'), given)).toEqual([
        'document-changed submit queue',
      ]);
    });

    it('goes to any of its queues, where two loops of the DAG share what is known', () => {
      const loops = ['poc', 'late'].map((queue) => ({ dagId: 'score', taskId: null, queue }));
      expect(faults(before, with_('queue: late\ndriver: {cores: 1}'), { tasks: loops, options })).toEqual([]);
    });
  });

  it('of a task that was not migrated must stay as it was, comments apart', () => {
    const holding = (text: string): Observation =>
      faulty(({ submit }) => {
        part(submit).documents = [document(text)];
      }, before);
    const old = holding('spec: {driver: {cores: 1}}');
    expect(faults(old, holding('spec:\n  driver: {cores: 1} # one'))).toEqual([]);
    expect(faults(old, holding('spec: {driver: {cores: 9}}'))).toEqual(['document-changed submit spec.driver.cores']);
    expect(faults(old, holding('spec: ['))).toEqual(['document-changed submit the document']);
  });
});

describe('a mapped task', () => {
  const spoiled = (spoil: (run: EditableTask) => void): Observation =>
    faulty(({ run }) => spoil(part(run)), mappedAfter);

  it('with another partial', () => {
    const changed = spoiled((run) => {
      run.base['pool'] = 'other';
    });
    expect(faults(mappedBefore, changed)).toEqual(['mapped-changed run pool']);
  });

  it('with a keyword more', () => {
    const changed = spoiled((run) => {
      run.base['retries'] = 2;
    });
    expect(faults(mappedBefore, changed)).toEqual(['mapped-changed run retries']);
  });

  it('with other instances', () => {
    const changed = spoiled((run) => {
      run.documents = run.documents.slice(0, 1);
    });
    expect(faults(mappedBefore, changed)).toEqual([
      'mapped-changed run the number of instances',
      'document-unreadable run instance 1: there is none',
    ]);
  });

  it('with another document in one instance', () => {
    const changed = spoiled((run) => {
      run.documents[1] = document('queue: poc\ndriver: {cores: 3}', 1);
    });
    expect(faults(mappedBefore, changed)).toEqual(['document-changed run instance 1: driver.cores']);
  });

  it('that is no longer mapped', () => {
    const changed = spoiled((run) => {
      run.mapped = false;
    });
    expect(faults(mappedBefore, changed)).toContain('mapped-changed run `expand`');
  });
});
