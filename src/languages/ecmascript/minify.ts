/** The one place that knows oxc-minify. */
import { minifySync } from 'oxc-minify';

const options = { compress: true, mangle: true, codegen: { removeWhitespace: true } } as const;

function minified(text: string): string | undefined {
  try {
    const { code, errors } = minifySync('part.mjs', text, options);
    return errors.length > 0 ? undefined : code;
  } catch {
    return undefined;
  }
}

/** Whether an optimizer takes two texts for the same program. JavaScript without types. */
export function sameWhenMinified(one: string, other: string): boolean {
  const first = minified(one);
  return first !== undefined && first === minified(other);
}
