/** Go's predeclared types: no use of them is a reference, and no package holds them. */
export const goPredeclaredTypes: readonly string[] =
  'bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr any comparable'.split(
    ' ',
  );
