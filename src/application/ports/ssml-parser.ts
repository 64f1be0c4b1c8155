import type { SsmlElement } from "../../domain/speech/ssml/ssml-tree.ts";

/** Reads XML and nothing else: what the elements mean is the domain's business. */
export interface SsmlParser {
  /**
   * Element names of the namespaces of SSML and of Microsoft's extensions come out with their usual prefixes, also where
   * the document leaves the namespaces undeclared; any other name keeps its namespace: `{http://...}name`.
   *
   * @throws {@link ServiceError} `ssml-invalid` with line and column for XML that is not well-formed, a document type
   * declaration, an entity besides the five of XML, and elements nested too deeply.
   */
  parse(ssml: string): SsmlElement;
}
