/** What the running kernel can do, by its version. */
import { release } from 'node:os';

const [major = 0, minor = 0] = release().split('.').map(Number);
const isSince = (wantedMajor: number, wantedMinor: number): boolean =>
  major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);

/** An overlay notes deleted and replaced folders in user attributes. */
export const tmpfsHoldsOverlays = isSince(6, 6);

/** The limit on a user's processes counts those of the user's namespace; before, all of that user. */
export const countsByNamespace = isSince(5, 14);
