/** Regular expressions of people's own rules, in time linear in the text whatever they wrote. */
import { RE2JS } from 're2js';

export type LinearPattern = (text: string) => boolean;

/** Undefined for what is no regular expression or cannot be matched in linear time. */
export function linearPattern(source: string): LinearPattern | undefined {
  try {
    const compiled = RE2JS.compile(source, RE2JS.DOTALL);
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}
