/** How an index notes which model made its vectors: `<name as chosen>=<id of the model>`. */

export const searchModelId = (name: string, id: string): string => `${name}=${id}`;

/** Whether the note is of the model chosen by that name, whatever its id was then. */
export const isOfModel = (noted: string | undefined, name: string): boolean =>
  noted?.startsWith(searchModelId(name, '')) === true;

/** `<kind>:<name>`: an encoder that is no table of words. */
export const isOutsideEncoder = (name: string): boolean => name.includes(':');

/** Id of the encoder that the note names; undefined for a table of words. */
export function outsideEncoderOf(noted: string): string | undefined {
  // A folder's name may hold the sign, an id does not.
  const at = noted.lastIndexOf('=');
  return at >= 0 && isOutsideEncoder(noted.slice(0, at)) ? noted.slice(at + 1) : undefined;
}
