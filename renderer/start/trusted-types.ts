/**
 * The page's one Trusted Types policy, made before anything else runs. Libraries that write style sheets hand their text
 * to `innerHTML`; text that could become an element or an entity is refused, whoever hands it over.
 */

interface TrustedTypePolicies {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown;
}

/** `text` itself when no HTML parser could see more in it than text. */
export function plainTextOnly(text: string): string {
  if (/[<&]/.test(text)) throw new TypeError('This page turns no text into markup.');
  return text;
}

const policies = (globalThis as { trustedTypes?: TrustedTypePolicies }).trustedTypes;
policies?.createPolicy('default', { createHTML: plainTextOnly });
