/**
 * A concrete syntax tree in pre-order, as typed arrays. Node i's subtree is [i, end of subtree); its first child is i + 1 if
 * that lies inside, a child's next sibling starts where the child's subtree ends. Offsets count UTF-16 units.
 */
export interface SyntaxTree {
  readonly text: string;
  /** The text's UTF-16 units: quicker to compare and to hash than the string. */
  readonly units: Uint16Array;
  readonly count: number;
  /** Grammar's node type number; names by `typeNames`. ERROR is 65535. */
  readonly type: Uint16Array;
  /** Field number under the parent, 0 for none; names by `fieldNames`. */
  readonly field: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly parent: Int32Array;
  readonly subtreeEnd: Int32Array;
  /** 1: named, 2: missing (invented by error recovery). */
  readonly flags: Uint8Array;
  readonly typeNames: readonly string[];
  readonly fieldNames: readonly (string | null)[];
  readonly hasError: boolean;
}
