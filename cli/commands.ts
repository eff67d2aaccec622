import type { CommandDescription } from './description.ts';
import { apply } from './descriptions/apply.ts';
import { baseline } from './descriptions/baseline.ts';
import { completion } from './descriptions/completion.ts';
import { decide } from './descriptions/decide.ts';
import { diff } from './descriptions/diff.ts';
import { doctor } from './descriptions/doctor.ts';
import { explain } from './descriptions/explain.ts';
import { init } from './descriptions/init.ts';
import { merge } from './descriptions/merge.ts';
import { report } from './descriptions/report.ts';
import { review } from './descriptions/review.ts';
import { scaffold } from './descriptions/scaffold.ts';
import { scan } from './descriptions/scan.ts';
import { status } from './descriptions/status.ts';
import { translate } from './descriptions/translate.ts';
import { undo } from './descriptions/undo.ts';
import { verify } from './descriptions/verify.ts';

/** Every command there is, in the order in which `--help` lists them. */
export const commands: readonly CommandDescription[] = [
  init,
  scan,
  diff,
  apply,
  review,
  decide,
  report,
  status,
  merge,
  baseline,
  undo,
  translate,
  verify,
  doctor,
  scaffold,
  explain,
  completion(() => commands),
];
