/** What must be said once for the whole project. */
import type { Finding, Options, Place } from '../model.ts';
import { breakageOn, breakageText } from '../target/breakages.ts';
import { hasExpired } from './accept.ts';
import { driftFindings } from './drift.ts';
import { ignoreFindings } from './ignores.ts';
import type { ProjectDecisions } from './plan.ts';
import { finding, type Project } from './project.ts';
import { routeFindings } from './route-checks.ts';

export function projectFindings(project: Project, decisions: ProjectDecisions): Finding[] {
  const { options, target, era } = project;
  const place: Place = { file: options.configFile ?? '.', line: 1, column: 1 };
  const findings: Finding[] = [
    ...project.targetFindings,
    ...routeFindings(options, project.read),
    ...driftFindings(project),
  ];
  if (target.assumed && decisions.files.some(({ tasks }) => tasks.length > 0))
    findings.push(finding('target-assumed', place));
  const broken = breakageOn(target.breaks, era.airflow);
  if (broken !== null) {
    const args = { operator: target.className, airflow: era.airflow ?? '', what: breakageText(broken) };
    findings.push(finding('target-on-airflow-3', broken.place ?? place, args));
  }
  for (const option of unusedOptions(options)) findings.push(finding('option-without-effect', place, { option }));
  const used = new Set(decisions.files.flatMap(({ tasks }) => tasks.flatMap(({ acceptsUsed }) => acceptsUsed)));
  for (const entry of options.accept) {
    if (hasExpired(entry, project.today))
      findings.push(finding('expired-accept', place, { field: entry.field, until: entry.until ?? '' }));
    else if (!used.has(entry)) findings.push(finding('unused-accept', place, { field: entry.field }));
  }
  for (const { facts } of decisions.files) {
    for (const use of facts.otherUses)
      findings.push(finding('other-use', use.place, { class: use.className, text: use.text.trim() }));
    findings.push(...ignoreFindings(facts));
  }
  return findings;
}

/** Options that are read and checked, and that nothing uses yet. */
function unusedOptions(options: Options): string[] {
  const set: Readonly<Record<string, boolean>> = {
    waves: Object.keys(options.waves).length > 0,
  };
  return Object.keys(set).filter((name) => set[name] === true);
}
