/** The syntax tree as the room of languages yields it. */
export type { EcmascriptComment as Comment, EcmascriptNode as Node } from '#languages/registry.ts';
import type { EcmascriptNode } from '#languages/registry.ts';

type Having<N, T> = N extends { readonly type: infer U } ? (T extends U ? N : never) : never;

/** The nodes of one type; where nodes of several types have one shape, that shape. */
export type NodeOf<T extends EcmascriptNode['type']> = Having<EcmascriptNode, T>;
