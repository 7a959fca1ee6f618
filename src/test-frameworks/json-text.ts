/** A settings file's object; empty where the text is not JSON, with comments or without. */
export function parseJsonWithComments(text: string): Record<string, unknown> {
  for (const each of [text, text.replace(/^\s*\/\/.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '')]) {
    try {
      const value: unknown = JSON.parse(each);
      return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
    } catch {
      // With comments, perhaps.
    }
  }
  return {};
}
