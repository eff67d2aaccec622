/** How the request reaches the operator: the first style that works with what the operator can do. */
import type { ContentType, PayloadStyle, TargetOperator } from '../model.ts';

/** The style to write, null where none works. `configured` is `target.payload`; `file` is never chosen by itself. */
export function payloadStyle(target: TargetOperator, configured: 'auto' | PayloadStyle): PayloadStyle | null {
  if (configured !== 'auto') return configured;
  const { parameters, contentType } = target;
  if (parameters.has('application_content') && carriesYaml(contentType.content))
    return target.templateFields.includes('application_content') && target.templateExtensions.includes('.yaml')
      ? 'templated'
      : 'content';
  return parameters.has('application_file_type') && carriesYaml(contentType.file) ? 'file-with-type' : null;
}

/** The gateway reads YAML only under a Content-Type that says so. What is not known is not held against the operator. */
const carriesYaml = (type: ContentType): boolean => type !== 'none' && type !== 'json';

/** True when the operator renders Jinja in what it is given in this style. */
export function rendersTemplates(target: TargetOperator, style: PayloadStyle): boolean {
  const field = style === 'templated' || style === 'content' ? 'application_content' : 'application_file';
  return target.templateFields.includes(field);
}
