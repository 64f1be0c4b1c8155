import { z } from "zod";

const ID_PATTERN = /^[a-zA-Z0-9][a-zA-Z0-9._-]{1,62}[a-zA-Z0-9]$/;

/** Case-sensitive, 3 to 64 characters. */
export const idSchema = z
  .string()
  .regex(
    ID_PATTERN,
    "An id has 3 to 64 letters, digits, '.', '_' or '-', and begins and ends with a letter or digit.",
  );
