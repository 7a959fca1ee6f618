/** Whether an error of loading says that a file of the project is not there. */
export function isProgramFailure(message: string): boolean {
  return (
    /Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|Failed to (?:load url|resolve (?:entry|import))|Could not (?:resolve|locate)|does not provide an export named/i.test(
      message,
    ) && !/is not installed here/.test(message)
  );
}
