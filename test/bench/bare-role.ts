/** What bare libraries serve over the same mutual TLS: a page of strings by graphql-js, a file by `node:https`. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buildSchema, graphql } from 'graphql';
import { playRole } from './role.ts';

interface BareOrder {
  readonly credentials: { readonly privateKey: string; readonly certificate: string; readonly authority: string };
  /** The page that every query is answered with. */
  readonly page: readonly string[];
  /** Served for every GET. */
  readonly file: string;
}

let server: Server;

async function serve({ credentials, page, file }: BareOrder): Promise<number> {
  const schema = buildSchema(
    'type Query { blocks(from: Float!, limit: Int!): Page! } type Page { from: Float!, blocks: [String!]! }',
  );
  const rootValue = { blocks: ({ from }: { from: number }) => ({ from, blocks: page }) };
  const { privateKey: key, certificate: cert, authority: ca } = credentials;
  server = createServer(
    { key, cert, ca, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: true },
    async (request, response) => {
      if (request.method === 'GET') {
        const bytes = await readFile(file);
        response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length }).end(bytes);
        return;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { query: string; variables: object };
      const answer = await graphql({ schema, source: query, variableValues: { ...variables }, rootValue });
      const body = Buffer.from(JSON.stringify(answer));
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length }).end(body);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

playRole({
  serve,
  close: () => {
    server.closeAllConnections();
    server.close();
  },
});
