/** In which form a task changes: written anew, behind a switch, or without the switch that it has. */
import { posix } from 'node:path';
import type { Finding } from '../model.ts';
import { SWITCH_MODULE } from '../parser/switches.ts';
import type { PlannedChange } from './change.ts';
import type { PreparedTask } from './prepare.ts';
import { finding, type Project } from './project.ts';
import type { SensorPlan } from './sensor-plan.ts';
import { asFinal } from './switch-final.ts';
import { asSwitch } from './switch-form.ts';
import { switchOf } from './switch-places.ts';
import { pathOf, type ReadRoutes, ROUTING_FILE, readRoutes, switchFolder } from './switch-routes.ts';

type Built = Omit<PlannedChange, 'verdict' | 'task'>;
export interface Formed {
  readonly built: Built | null;
  readonly findings: readonly Finding[];
}

/** `sensors` are those of the task, `all` those of its file. */
export function inForm(
  project: Project,
  prepared: PreparedTask,
  built: Built | null,
  sensors: readonly SensorPlan[],
  all: readonly SensorPlan[],
): Formed {
  const { facts, task } = prepared;
  const { mode = 'edit' } = project;
  if (switchOf(facts, task) !== null) return switched(project, prepared, sensors, all);
  if (mode === 'final') return { built: null, findings: [] };
  if (mode === 'edit' || built === null) return { built, findings: [] };
  if (built.twin !== null || built.callers.length > 0)
    return {
      built: null,
      findings: [finding('switch-not-possible', task.place, { because: 'its function is called from several DAGs' })],
    };
  const made = whyNoSwitches(project, facts.source.path) ?? asSwitch(project, prepared, built, sensors);
  return made.ok
    ? { built: made.change, findings: [] }
    : { built: null, findings: [finding('switch-not-possible', task.place, { because: made.because })] };
}

/**
 * A module of that name that is not the switch, or a routing file that can not be followed: a new one in its place would
 * have tasks of other switches on the old path.
 */
function whyNoSwitches(project: Project, file: string): { readonly ok: false; readonly because: string } | null {
  const folder = switchFolder(project, file);
  const path = posix.join(folder, `${SWITCH_MODULE}.py`);
  const there = project.read(path);
  if (!there.ok) return null;
  if (!there.text.includes('def on_bpg('))
    return { ok: false, because: `${path} is there and is not the module of the switch` };
  const read = routesIn(project, folder);
  return read.ok
    ? null
    : { ok: false, because: `${posix.join(folder, ROUTING_FILE)} can not be followed: ${read.because}` };
}

function routesIn(project: Project, folder: string): ReadRoutes {
  const there = project.read(posix.join(folder, ROUTING_FILE));
  return there.ok ? readRoutes(there.text) : { ok: false, because: there.reason };
}

/** A task that has both operators: it stays as it is, or is left with the new one where all of it takes the new path. */
function switched(
  project: Project,
  prepared: PreparedTask,
  sensors: readonly SensorPlan[],
  all: readonly SensorPlan[],
): Formed {
  const { facts, task, subject } = prepared;
  const own = switchOf(facts, task);
  const folder = switchFolder(project, facts.source.path);
  const file = posix.join(folder, ROUTING_FILE);
  const read = routesIn(project, folder);
  if (!read.ok)
    return {
      built: null,
      findings: [finding('switch-routing-unreadable', task.place, { file, because: read.because })],
    };
  const path = pathOf(read.routes, task, subject.connection);
  const said = finding('switched', task.place, { file, path: path ?? 'old or new' });
  if (project.mode !== 'final' || own === null) return { built: null, findings: [said] };
  const stays = (because: string): Formed => ({
    built: null,
    findings: [said, finding('switch-stays', task.place, { because })],
  });
  if (path === 'old') return stays(`${file} has the task on the old path`);
  if (path === null)
    return stays(`${file} does not have all that this call makes on the new path, as far as the source tells`);
  const unknown = all.find((plan) => plan.tasks.length === 0 && switchOf(facts, plan.sensor) !== null);
  if (unknown !== undefined)
    return stays(
      `the sensor of line ${unknown.sensor.place.line} has a switch, and no task of this file is known to be its own`,
    );
  const final = asFinal(project, prepared, own, sensors);
  return final === null
    ? stays('the name of the empty operator is taken in this file')
    : { built: final, findings: [said] };
}
