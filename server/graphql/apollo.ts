/**
 * Building and asking a GraphQL schema, the same for the hub's HTTPS, a desk's port and the browser host: allow-listed
 * operations, limits, no introspection, and errors that carry a code and nothing that was not written for the reader.
 */
import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerOptionsWithSchema, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  subscribe,
  validate,
} from 'graphql';
import { Failure } from '../../shared/outcome/failure.ts';
import { limitRule, type OperationLimits } from './limits.ts';
import { presentTrace } from './tracing.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
}

/** What travels back. Every error has `extensions.code` and `extensions.retry`. */
export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/** What is known of an error that nobody foresaw, without its message, which may carry anything. */
export interface Incident {
  readonly id: string;
  readonly name: string;
  /** Lines of our own code. */
  readonly at: readonly string[];
  /** Of the request in which it happened, where there is one. */
  readonly trace?: string | undefined;
}

type Resolvers<Context> = Parameters<typeof makeExecutableSchema<Context>>[0]['resolvers'];

interface GraphqlOptions<Context> {
  /** SDL. */
  readonly typeDefs: string | readonly string[];
  readonly resolvers: Resolvers<Context>;
  readonly limits: OperationLimits;
  /** The only documents that are answered, by their exact text; undefined answers any within the limits. */
  readonly operations?: readonly string[] | undefined;
  report(incident: Incident): void;
  /** A failure as who asks hears it; left out, as it is. */
  told?(failure: Failure): Failure;
}

export interface GraphqlService<Context> {
  readonly schema: GraphQLSchema;
  /** Runs one query or mutation. Never throws. */
  execute(request: GraphqlRequest, context: Context): Promise<GraphqlAnswer>;
  /** Starts one subscription: an iterator of answers, or the refusal. Never throws. */
  subscribe(request: GraphqlRequest, context: Context): Promise<AsyncIterableIterator<GraphqlAnswer> | GraphqlAnswer>;
  stop(): Promise<void>;
}

export async function buildGraphql<Context extends object>(options: GraphqlOptions<Context>): Promise<GraphqlService<Context>> {
  const schema = makeExecutableSchema<Context>({ typeDefs: options.typeDefs as string[], resolvers: options.resolvers });
  const limit = limitRule(options.limits);
  const formatError = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError =>
    maskError(formatted, unwrapResolverError(error), options);
  const apollo = closedServer<Context>({ schema, formatError, validationRules: [limit] }, options.limits);
  await apollo.start();
  const allowed = options.operations && new Set(options.operations);

  const refuse = (request: GraphqlRequest): GraphqlAnswer | undefined => {
    if (allowed ? allowed.has(request.query) : request.query.length <= options.limits.characters) return undefined;
    return refusal(allowed ? OPERATION_UNKNOWN : OPERATION_REFUSED);
  };

  const format = (result: ExecutionResult): GraphqlAnswer => {
    if (!result.errors) return { data: result.data };
    return { data: result.data, errors: result.errors.map((error) => formatError(error.toJSON(), error)) };
  };

  return {
    schema,
    async execute(request, contextValue) {
      const refused = refuse(request);
      if (refused) return refused;
      const { body } = await apollo.executeOperation({ ...request } as { query: string }, { contextValue });
      return body.kind === 'single' ? body.singleResult : refusal(OPERATION_REFUSED);
    },
    async subscribe(request, contextValue) {
      const refused = refuse(request);
      if (refused) return refused;
      try {
        const document = parse(request.query, { maxTokens: options.limits.tokens });
        const faults = validate(schema, document, [...specifiedRules, NoSchemaIntrospectionCustomRule, limit], { maxErrors: 1 });
        if (faults.length > 0 || getOperationAST(document, request.operationName)?.operation !== 'subscription')
          return refusal(OPERATION_REFUSED);
        const { variables, operationName } = request;
        const started = await subscribe({ schema, document, contextValue, variableValues: variables, operationName });
        return Symbol.asyncIterator in started ? mapAnswers(started, format) : format(started);
      } catch {
        return refusal(OPERATION_REFUSED);
      }
    },
    stop: () => apollo.stop(),
  };
}

/** Apollo with all doors shut that it opens by itself: no introspection, no batches, no reports, no pages of its own. */
function closedServer<Context extends object>(
  options: Pick<ApolloServerOptionsWithSchema<Context>, 'schema' | 'formatError' | 'validationRules'>,
  { tokens }: OperationLimits,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    ...options,
    introspection: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: tokens },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      subscriptionsElsewhere,
    ] as ApolloServerPlugin<Context>[],
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
}

const ignore = (): void => undefined;

/** A subscription that is asked as a query would reach resolvers that wait for an event. */
const subscriptionsElsewhere: ApolloServerPlugin = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (operation?.operation === 'subscription')
        throw new GraphQLError('Subscriptions are followed, not asked.', { extensions: { code: 'BAD_REQUEST' } });
    },
  }),
};

const OPERATION_UNKNOWN = new Failure(
  'graphql.operation-unknown',
  'This service does not answer that operation. The program that asks may be of another version; update it.',
);
const OPERATION_REFUSED = new Failure(
  'graphql.operation-refused',
  'This operation is malformed, asks for something that is not there, or is over a limit. Nothing was done.',
);

const refusal = (failure: Failure): GraphqlAnswer => ({ errors: [errorOf(failure)] });

/** A failure in the form in which GraphQL errors travel. */
export const errorOf = (failure: Failure): GraphQLFormattedError => ({
  message: failure.message,
  extensions: { code: failure.code, retry: failure.retry, ...detailsOf(failure) },
});

const detailsOf = ({ details }: Failure): object => (Object.keys(details).length > 0 ? { details } : {});

/** Errors that Apollo itself raises about the request, before any resolver has run. */
const REQUEST_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

function maskError(
  formatted: GraphQLFormattedError,
  original: unknown,
  { report, told = (failure) => failure }: Pick<GraphqlOptions<never>, 'report' | 'told'>,
): GraphQLFormattedError {
  const place = formatted.path ? { path: formatted.path } : {};
  if (original instanceof Failure) return { ...errorOf(told(original)), ...place };
  if (REQUEST_FAULTS.has(String(formatted.extensions?.code))) return errorOf(OPERATION_REFUSED);
  const id = randomUUID();
  report(incidentOf(id, original));
  return {
    message: `Something went wrong inside the program (incident ${id}). Try again; if it stays, report the incident.`,
    extensions: { code: 'internal.unexpected', retry: false, incident: id },
    ...place,
  };
}

/** A line of a stack, as V8 writes it: a function, and a file with line and column. */
const PLACE = /^ {4}at [^"'`]{0,200}(?:file:\/\/|node:|\/|[A-Z]:\\)[^"'`\s]*:\d+:\d+\)?$/;

/** What may be logged of an error: its kind and place. */
export function incidentOf(id: string, error: unknown): Incident {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error();
  // A message may have lines that look like places, and stands in front of those.
  const after = stack.includes(message) ? stack.indexOf(message) + message.length : 0;
  const at = stack
    .slice(after)
    .split('\n')
    .filter((line) => PLACE.test(line) && !line.includes('node_modules'));
  const trace = presentTrace();
  return {
    id,
    name: /^\w{1,40}$/.test(name) ? name : 'Error',
    ...(trace && { trace }),
    at: at.slice(0, 6).map((line) => line.trim().replace(/\(?file:\/\/.*\/(?=[^/]+\/[^/]+$)/, '(')),
  };
}

/** Maps an iterator without standing between its `return()` and a `next()` that still waits. */
function mapAnswers(
  source: AsyncGenerator<ExecutionResult>,
  format: (result: ExecutionResult) => GraphqlAnswer,
): AsyncIterableIterator<GraphqlAnswer> {
  const mapped = ({ done, value }: IteratorResult<ExecutionResult>): IteratorResult<GraphqlAnswer> =>
    done ? { done, value: undefined } : { done: false, value: format(value) };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => mapped(await source.next()),
    return: async () => mapped(await source.return(undefined)),
  };
}
