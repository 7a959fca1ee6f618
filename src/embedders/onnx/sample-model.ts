/** A real, if small, model file for tests, written byte by byte. */

/** ONNX (onnx.proto3, opset 13): last_hidden_state = Gather(table, input_ids). */
export function gatherModel(values: Float32Array, width: number): Uint8Array {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
  const number = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
  const bytes = (field: number, content: readonly number[] | Uint8Array): number[] => [
    ...varint((field << 3) | 2),
    ...varint(content.length),
    ...content,
  ];
  const text = (field: number, value: string): number[] => bytes(field, new TextEncoder().encode(value));
  const value = (name: string, type: number, ...sizes: readonly (string | number)[]): number[] => {
    const shape = sizes.flatMap((size) => bytes(1, typeof size === 'string' ? text(2, size) : number(1, size)));
    return [...text(1, name), ...bytes(2, bytes(1, [...number(1, type), ...bytes(2, shape)]))];
  };
  const node = [...text(1, 'table'), ...text(1, 'input_ids'), ...text(2, 'last_hidden_state'), ...text(4, 'Gather')];
  const tensor = [
    ...number(1, values.length / width),
    ...number(1, width),
    ...number(2, 1),
    ...text(8, 'table'),
    ...bytes(9, new Uint8Array(values.buffer)),
  ];
  const graph = [
    ...bytes(1, node),
    ...text(2, 'gather'),
    ...bytes(5, tensor),
    ...bytes(11, value('input_ids', 7, 'batch', 'length')),
    ...bytes(12, value('last_hidden_state', 1, 'batch', 'length', width)),
  ];
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, number(2, 13))]);
}
