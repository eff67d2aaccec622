/** The planner apart: whoever only tells what an earlier run found loads no parser. */
export { planProject } from '../src/index.ts';
