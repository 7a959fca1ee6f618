/** What a SCIP indexer's answers mean beside a call graph. */
export const scipReading =
  'Places where the text calls something, found by both. SCIP names what a name is *declared* as; where that is a function, method or class with a body inside the package, the call is *definite* and can be compared: ' +
  '*recall* is the share of definite calls for which Trowel has an edge (exact or inferred, never a candidate) to the same target, *precision* that of those with any edge. ' +
  'Where the declaration is a variable, a parameter, a property or has no body, a call graph has to go on by data flow and SCIP is no judge. ' +
  'A call of a decorated function reaches, at run time, what the decorator returned: SCIP names the function, Trowel the wrapper, and the calls of such functions that differ are counted apart. ' +
  'Most calls that are outside for SCIP and inside for Trowel hand a function to something outside that calls it back (`forEach`, `test`, `len` on an object with `__len__`): the edge leads to that function.';
