import type { FieldError } from "../../domain/errors/service-error.ts";
import type { SetReport } from "../../domain/voice/judge-recording-set.ts";

/**
 * What keeps a set from being used, as errors of request fields; warnings are left out.
 *
 * @param fieldOf the field of the file with this index, or of the set as a whole for undefined.
 */
export function errorsOfReport(
  { files, findings }: SetReport,
  fieldOf: (index: number | undefined) => string,
): readonly FieldError[] {
  const ofFiles = files.flatMap((file, index) =>
    file.findings
      .filter(({ severity }) => severity === "error")
      .map(({ message }): FieldError => ({ field: fieldOf(index), message: `${file.fileName}: ${message}` })),
  );
  const ofSet = findings
    .filter(({ severity }) => severity === "error")
    .map(({ message }): FieldError => ({ field: fieldOf(undefined), message }));
  return ofFiles.length > 0 ? ofFiles : ofSet;
}
