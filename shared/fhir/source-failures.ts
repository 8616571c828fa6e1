/** Why a file, or a piece of one, is not read at all: in words that say what to do. */

import { counted } from '../outcome/counted.ts';
import { Failure } from '../outcome/failure.ts';

const [KIBIBYTE, MEBIBYTE] = [1024, 1024 * 1024];

function sizeWords(bytes: number): string {
  if (bytes % MEBIBYTE === 0) return `${bytes / MEBIBYTE} MiB`;
  return bytes % KIBIBYTE === 0 ? `${bytes / KIBIBYTE} KiB` : counted(bytes, 'byte');
}

export function tooLong(limit: number): Failure {
  return new Failure(
    'fhir.too-long',
    `This is longer than the ${sizeWords(limit)} allowed for one piece and was not read. Split it into smaller resources, and put files inside it into attachments.`,
  );
}

export function tooLargeTable(): Failure {
  return new Failure(
    'csv.too-large',
    'This table has more than 32 MiB, which is more than is read at once. Split it, each part with the header.',
  );
}

export function packedFile(): Failure {
  return new Failure(
    'import.packed',
    'This file is packed (ZIP or gzip). Nothing is unpacked here: unpack it, and import what is inside.',
  );
}

export function emptyFile(): Failure {
  return new Failure('import.empty', 'This file is empty. Export it again.');
}

export function tooLargeDocument(): Failure {
  return new Failure(
    'cda.too-large',
    'This document has more than 12 MiB, which is more than is read at once. Ask for one of a shorter time, or without files inside, and add those under Documents.',
  );
}

export function notAList(): Failure {
  return new Failure(
    'fhir.source-list',
    'A JSON list is not FHIR. Put the resources into a Bundle, or one a line into an .ndjson file.',
  );
}

export function notFhir(): Failure {
  return new Failure('fhir.no-resource-type', 'There is no resourceType: this is not a FHIR resource.');
}

export function nestedTooDeep(): Failure {
  return new Failure('fhir.bundle-nested', 'Bundles lie inside each other too deep.');
}

export function brokenLines(): Failure {
  return new Failure(
    'fhir.lines-broken',
    'In an .ndjson file each line is one whole resource; here one goes over several lines. Nothing of this file was read. If it is one resource or a Bundle, name it .json; otherwise export it again with one resource a line.',
  );
}

/** What an operation is asked or answers. It may name a patient, and hold one, and is neither's record. */
export function parametersAreNoRecord(): Failure {
  return new Failure(
    'fhir.parameters',
    'This is what one program asked another (Parameters), no record. Take the resource out of parameter.resource, and import that by itself or in a Bundle.',
  );
}
