import { type DocumentFinding, type FindingArguments, kindOf, placeAt } from '../src/index.ts';
import type { Session } from './session.ts';

/** Says the findings of one document as `file:line:column: verdict code message`, those of a broken one in any case. */
export function tellFindings(
  session: Session,
  name: string,
  text: string,
  findings: readonly DocumentFinding[],
  broken: boolean,
): void {
  for (const { code, args, offset } of findings) {
    const { line, column } = placeAt(name, text, offset ?? 0);
    const tell = broken ? session.warn : session.say;
    tell(`${name}:${line}:${column}: ${kindOf(code).verdict} ${code} ${sentenceOf(code, args)}`);
  }
}

export const hasManual = (findings: readonly DocumentFinding[]): boolean =>
  findings.some(({ code }) => kindOf(code).verdict === 'manual');

const sentenceOf = (code: string, args: FindingArguments): string =>
  kindOf(code).message.replace(/\{(\w+)\}/g, (hole, name: string) => String(args[name] ?? hole));
