/** `{ name }`, `{ name: other }` and `{ name = 1 }` on the left of an assignment or among parameters. */
export function isPicked(code: string, offset: number, name: string): boolean {
  const before = code.slice(Math.max(0, offset - 600), offset);
  const open = before.lastIndexOf('{');
  if (open < 0 || before.lastIndexOf('}') > open || !/[{,]\s*(?:\.\.\.)?$/.test(before)) return false;
  const after = code.slice(offset + name.length, offset + name.length + 600);
  const close = after.indexOf('}');
  return close >= 0 && /^\s*(?:=(?!=)|:|\)|,|\s+of\b|=>)/.test(after.slice(close + 1)) && !/^\s*\(/.test(after);
}
