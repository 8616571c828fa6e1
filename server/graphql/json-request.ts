/** One GraphQL request out of an HTTP body: bounded, whole, exactly JSON of the known form. */
import type { IncomingMessage } from 'node:http';
import { Failure } from '../../shared/outcome/failure.ts';
import type { GraphqlRequest } from './apollo.ts';

/** Bytes of request bodies that the hub holds at once, over all connections. */
const HELD_BYTES = 256 * 1024 * 1024;

/**
 * Signs that JSON is made of: a request of ours is few of them around long texts, while millions of them would hold the whole process for
 * seconds when they are read.
 */
const PARTS = [...',[{\\'].map((sign) => sign.charCodeAt(0));

/** @throws {Failure} `http.body-too-large`, `http.body-cut-short`, `http.body-malformed`, `http.body-overdone`, `hub.busy`. */
export class RequestReader {
  readonly #mostParts: number;
  #held = 0;

  /** @param mostParts of a body: values, lists, objects and escaped characters together */
  constructor(mostParts = Number.POSITIVE_INFINITY) {
    this.#mostParts = mostParts;
  }

  async read(request: IncomingMessage, maxBytes: number): Promise<GraphqlRequest> {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw TOO_LARGE;
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        length += chunk.length;
        this.#held += chunk.length;
        if (length > maxBytes) throw TOO_LARGE;
        if (this.#held > HELD_BYTES) throw BUSY;
        chunks.push(chunk);
      }
      const body = Buffer.concat(chunks, length);
      if (isOverdone(body, this.#mostParts)) throw OVERDONE;
      return parseRequest(body);
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure('http.body-cut-short', 'The request ended before its body was whole. Send it again.', {
        retry: true,
        cause: error,
      });
    } finally {
      this.#held -= length;
    }
  }
}

function isOverdone(body: Buffer, most: number): boolean {
  if (most > body.length) return false;
  let parts = 0;
  for (const sign of PARTS)
    for (let at = body.indexOf(sign); at >= 0; at = body.indexOf(sign, at + 1)) {
      parts += 1;
      if (parts > most) return true;
    }
  return false;
}

const FIELDS = new Set(['query', 'variables', 'operationName', 'extensions']);

/** One operation, never a list of them; a field of another name is refused. */
function parseRequest(body: Uint8Array): GraphqlRequest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw MALFORMED;
  }
  if (!isObject(value) || !Object.keys(value).every((name) => FIELDS.has(name))) throw MALFORMED;
  const { query, variables, operationName } = value;
  if (typeof query !== 'string') throw MALFORMED;
  if (variables !== undefined && variables !== null && !isObject(variables)) throw MALFORMED;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') throw MALFORMED;
  return { query, variables: variables ?? undefined, operationName: operationName ?? undefined };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TOO_LARGE = new Failure('http.body-too-large', 'The request is larger than this service takes. Send it in parts.');
const MALFORMED = new Failure('http.body-malformed', 'The body of the request is not one GraphQL operation in JSON.');
const OVERDONE = new Failure(
  'http.body-overdone',
  'The request consists of more single values than this service reads at once. Send it in parts.',
);
const BUSY = new Failure('hub.busy', 'The hub has as much work waiting as it can keep. Try again in a moment.', { retry: true });
