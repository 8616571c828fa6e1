import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counted } from '../../shared/outcome/counted.ts';

/** A value that is put in front of a word of several: "${size} blocks", which reads "1 blocks" of one. Bounds have names in capitals. */
const COUNT =
  /\$\{(?!counted\()([^{}]*)\} (?:[a-z]+ )?(acts|backups|batches|blocks|bytes|clinics|compartments|days|devices|documents|entries|events|files|hours|items|keys|lines|messages|minutes|patients|people|readings|records|resources|rows|signatures|steps|witnesses)\b/g;
const BOUND = /^(this\.)?#?[A-Z][A-Z_0-9]+( \/ [\d_]+)?$/;
/** Bounds that are handed in, and places: "of the recovery sheets", "share 2 of 3". */
const ELSEWHERE = /^(threshold|most|max|limit|length|count|LIMITS\.\w+|handed|ms|seconds|\w*[sS]econds|REQUEST_MS \/ 1000)$/;

test('what is counted in a message has the word of one where there is one', () => {
  expect([counted(0, 'block'), counted(1, 'block'), counted(2, 'entry', 'entries')]).toEqual([
    '0 blocks',
    '1 block',
    '2 entries',
  ]);
  const found = globSync('{server,shared}/**/*.ts').flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(COUNT)]
      .filter(([, value = '']) => !BOUND.test(value) && !ELSEWHERE.test(value))
      .map(([words]) => `${path}: ${words}`),
  );
  expect(found).toEqual([]);
});
