/** Every change is made on trial and looked at again before it is offered. What fails is withdrawn, never written. */
import type { FileFacts, Place } from '../model.ts';
import { encodeText } from '../parser/decode.ts';
import { readPythonFile, readTree } from '../parser/read-file.ts';
import { structuralProblems } from '../parser/structure.ts';
import type { Python } from '../parser/syntax.ts';
import type { PlannedChange } from './change.ts';
import { sameConditions } from './change-graph.ts';
import { applyEdits } from './edits.ts';
import { contract, edgesOf, renumber, sameEdges } from './graph.ts';
import { editsFor } from './materialize.ts';
import { settleSensors } from './sensor-edits.ts';
import { switchProblem } from './switch-verify.ts';

export type Verified = { readonly ok: true; readonly after: string } | { readonly ok: false; readonly reason: string };

/** As `verify`, of one file and a set of its changes. */
export type Verifier = (facts: FileFacts, changes: readonly PlannedChange[]) => Verified;

/**
 * Verifies for one project, and remembers the last answer for each file: what was tried as a whole when the changes were
 * planned is mostly what is accepted afterwards.
 */
export function rememberingVerifier(python: Python, targetOperator: string): Verifier {
  const last = new WeakMap<FileFacts, { readonly ids: string; readonly answer: Verified }>();
  return (facts, changes) => {
    const ids = changes.map(({ task, id, form = '' }) => `${task} ${id} ${form}`).join('\n');
    const known = last.get(facts);
    if (known?.ids === ids) return known.answer;
    const answer = verify(python, facts, changes, targetOperator);
    last.set(facts, { ids, answer });
    return answer;
  };
}

/** The file after the changes, or why they do not hold together. `targetOperator` is the dotted name of the new class. */
export function verify(
  python: Python,
  facts: FileFacts,
  changes: readonly PlannedChange[],
  targetOperator: string,
): Verified {
  const made = editsFor(facts, changes);
  if (!made.ok) return made;
  for (const change of changes) {
    if (change.twin === null || change.facts.source.path !== facts.source.path) continue;
    const asIs = verify(python, facts, [{ ...change, twin: null, callers: [] }], targetOperator);
    if (!asIs.ok) return asIs;
  }
  return verifyText(python, facts, changes, targetOperator, applyEdits(facts.source.text, made.edits));
}

/** The same for a result that is already there, as a person left it. */
export function verifyText(
  python: Python,
  facts: FileFacts,
  changes: readonly PlannedChange[],
  targetOperator: string,
  after: string,
): Verified {
  const tree = python.parse(after);
  const [error] = tree.errors;
  if (error !== undefined) return { ok: false, reason: `the result does not parse at offset ${error.start}` };
  const [problem] = structuralProblems(tree);
  if (problem !== undefined) return { ok: false, reason: `the result is not valid Python: ${problem.message}` };
  if (encodeText(after, facts.source.encoding) === null)
    return { ok: false, reason: 'the encoding of the file has no way to write the result' };
  const now = readTree(tree, { ...facts.source, text: after }, targetOperator, facts.classes);
  if (!changes.some(({ form }) => form === 'switch')) return checkFacts(facts, now, changes) ?? { ok: true, after };
  const reason = switchProblem(facts, now, changes, (text) =>
    readPythonFile(python, { ...facts.source, text }, targetOperator, facts.classes),
  );
  return reason === null ? { ok: true, after } : { ok: false, reason };
}

function checkFacts(before: FileFacts, now: FileFacts, changes: readonly PlannedChange[]): Verified | null {
  const own = changes.filter(({ facts }) => facts.source.path === before.source.path);
  const inPlace = own.filter(({ twin }) => twin === null);
  const copied = own.filter(({ twin }) => twin?.isThere === false);
  const moved = placesOf(inPlace.map(({ sparkTask }) => sparkTask));
  const copies = new Set(copied.map(({ twin }) => twin?.name)).size;
  const tasks = placesOf(before.tasks) - moved;
  if (placesOf(now.tasks) !== tasks)
    return {
      ok: false,
      reason: `${placesOf(now.tasks)} tasks of the old operator are left instead of ${tasks}`,
    };
  const migrated = placesOf(before.migrated) + moved + copies;
  if (placesOf(now.migrated) !== migrated)
    return {
      ok: false,
      reason: `${placesOf(now.migrated)} tasks of the new operator are found instead of ${migrated}`,
    };
  // Sensors and the order of tasks in a copy were looked at where its change was made in place, on trial.
  if (own.some(({ twin }) => twin !== null)) return null;
  const { sensors: touched } = settleSensors(before, inPlace);
  const sensors = placesOf(before.sensors) - placesOf(touched.map(({ sensor }) => sensor));
  if (placesOf(now.sensors) !== sensors)
    return {
      ok: false,
      reason: `${placesOf(now.sensors)} sensors are left instead of ${sensors}`,
    };
  const gone = touched.flatMap(({ id, removal }) => (removal === null ? [] : (id ?? [])));
  const edges = new Set([...edgesOf(before.dependencies), ...touched.flatMap(({ implied }) => [...implied])]);
  if (!sameEdges(renumber(contract(edges, gone), gone), edgesOf(now.dependencies)))
    return { ok: false, reason: 'the order of the tasks is not what it was with the sensors taken out' };
  if (!sameConditions(before, now, gone))
    return { ok: false, reason: 'a task has another id, group or trigger rule than it had' };
  return null;
}

/** One call is several tasks where several DAGs reach it. */
const placesOf = (calls: readonly { readonly place: Place }[]): number =>
  new Set(calls.map(({ place }) => `${place.line}:${place.column}`)).size;
