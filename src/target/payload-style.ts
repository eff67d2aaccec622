/** How the request reaches the operator: the first style that works with what the operator can do. */
import type { PayloadStyle, TargetOperator } from '../model.ts';

/** The style to write, null where none works. `configured` is `target.payload`; `file` is never chosen by itself. */
export function payloadStyle(target: TargetOperator, configured: 'auto' | PayloadStyle): PayloadStyle | null {
  if (configured !== 'auto') return configured;
  if (target.templateFields.includes('application_content') && target.templateExtensions.includes('.yaml'))
    return 'templated';
  if (target.parameters.has('application_content')) return 'content';
  return target.parameters.has('application_file_type') ? 'file-with-type' : null;
}

/** True when the operator renders Jinja in what it is given in this style. */
export function rendersTemplates(target: TargetOperator, style: PayloadStyle): boolean {
  const field = style === 'templated' || style === 'content' ? 'application_content' : 'application_file';
  return target.templateFields.includes(field);
}
