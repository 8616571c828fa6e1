/** Cursor pagination (GraphQL connections) over a list that is in memory. A cursor is the id of the item before the page. */
import { Failure } from '../../../shared/outcome/failure.ts';

interface ListPage<T> {
  readonly edges: Array<{ cursor: string; node: T }>;
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  readonly totalCount: number;
}

const MOST_PER_PAGE = 200;

/** @throws {Failure} `graphql.page-size`. */
export function pageSize(first: number): number {
  if (Number.isInteger(first) && first >= 0 && first <= MOST_PER_PAGE) return first;
  throw new Failure('graphql.page-size', `A page of a list holds 0 to ${MOST_PER_PAGE} items. Ask for fewer.`);
}

/** @throws {Failure} `graphql.page-size`, `graphql.cursor` when the item of the cursor is gone. */
export function pageOf<T>(
  items: readonly T[],
  first: number,
  after: string | null | undefined,
  idOf: (item: T) => string,
): ListPage<T> {
  const size = pageSize(first);
  const from = after ? items.findIndex((item) => idOf(item) === after) + 1 : 0;
  if (after && from === 0) throw new Failure('graphql.cursor', 'The list has changed since this page was loaded. Load it again.');
  const edges = items.slice(from, from + size).map((node) => ({ cursor: idOf(node), node }));
  return {
    edges,
    pageInfo: { hasNextPage: from + size < items.length, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: items.length,
  };
}
