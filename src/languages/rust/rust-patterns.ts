import { ExpressionOp } from '#model/declared-types.ts';
import type { Extraction } from '../declarative/extraction.ts';

/** Binds the names of a pattern; `type` is the whole value's type as written, `value` its expression. */
export function bindPattern(x: Extraction, pattern: number, type: number, value: number): void {
  if (pattern < 0) return;
  switch (x.typeName(pattern)) {
    case 'identifier':
      // A name in capitals is a constant or a unit variant that is matched, not bound.
      if (/^[a-z_]/.test(x.slice(pattern))) x.local(pattern, type, type < 0 ? value : -1);
      return;
    case 'mut_pattern':
    case 'ref_pattern':
    case 'reference_pattern':
      return bindPattern(x, x.lastNamed(pattern), type, value);
    case 'captured_pattern':
      bindPattern(x, x.firstNamed(pattern), type, value);
      return bindPattern(x, x.lastNamed(pattern), type, value);
    case 'or_pattern':
      return bindPattern(x, x.firstNamed(pattern), type, value);
    case 'tuple_pattern': {
      let position = 0;
      for (let at = x.firstNamed(pattern); at >= 0; at = x.nextNamed(at), position++) {
        if (x.is(at, 'identifier') && /^[a-z_]/.test(x.slice(at))) x.local(at, -1, value, position);
        else bindPattern(x, at, -1, -1);
      }
      return;
    }
    case 'tuple_struct_pattern': {
      const name = x.slice(x.child(pattern, 'type'));
      const wraps = name === 'Some' || name === 'Ok';
      const inner = wraps && value >= 0 ? x.addExpression(ExpressionOp.unwrap, value) : -1;
      for (let at = x.nextNamed(x.child(pattern, 'type')); at >= 0; at = x.nextNamed(at)) bindPattern(x, at, -1, inner);
      return;
    }
    case 'struct_pattern': {
      const holder = x.typeExpression(x.slice(x.child(pattern, 'type')));
      for (let at = x.firstNamed(pattern); at >= 0; at = x.nextNamed(at)) {
        if (!x.is(at, 'field_pattern')) continue;
        const name = x.child(at, 'name');
        const member = x.addExpression(ExpressionOp.member, holder, x.name(name));
        const inner = x.child(at, 'pattern');
        if (inner >= 0) bindPattern(x, inner, -1, member);
        else x.local(name, -1, member);
      }
      return;
    }
    case 'slice_pattern':
      for (let at = x.firstNamed(pattern); at >= 0; at = x.nextNamed(at)) {
        bindPattern(x, at, -1, value < 0 ? -1 : x.addExpression(ExpressionOp.element, value));
      }
      return;
    default:
  }
}
