/** `HTTPServer2_names` → http, server, 2, names: cut at case, underscore and digit; lower-case, not stemmed. ASCII only. */
export function identifierParts(identifier: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let previous: number = Class.other;
  for (let i = 0; i <= identifier.length; i++) {
    const current = classAt(identifier, i);
    if (i > 0 && isCut(identifier, i, previous, current)) {
      if (previous !== Class.other) parts.push(identifier.slice(start, i).toLowerCase());
      start = i;
    }
    previous = current;
  }
  return parts;
}

const Class = { other: 0, lower: 1, upper: 2, digit: 3 } as const;

/** Past the end: other. */
function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit >= 97 && unit <= 122) return Class.lower;
  if (unit >= 65 && unit <= 90) return Class.upper;
  if (unit >= 48 && unit <= 57) return Class.digit;
  return Class.other;
}

function isCut(text: string, at: number, previous: number, current: number): boolean {
  if (previous !== current) return !(previous === Class.upper && current === Class.lower);
  if (previous !== Class.upper || classAt(text, at + 1) !== Class.lower) return false;
  // `HTTPServer` is cut before S; `IDs` and `URLs` are not cut.
  return text.charCodeAt(at + 1) !== LOWER_S || classAt(text, at + 2) === Class.lower;
}

const LOWER_S = 115;
