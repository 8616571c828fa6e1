import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useCallback } from 'react';

/** A list that a service gives page by page, as GraphQL's cursor connections are. */
interface Paged {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}

/** Fewer than at first: they are laid out while somebody scrolls. */
const FURTHER_ROWS = 25;

/**
 * A list with the way to its further pages. While other `variables` are asked for it stays as it was, and is not current.
 * @param query takes `first` and `after`
 * @param listOf the list in the query's answer
 */
export function usePaged<Data, Variables extends OperationVariables, List extends Paged>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  listOf: (data: Data) => List,
) {
  const { data, previousData, loading, error, refetch, fetchMore } = useQuery<Data, OperationVariables>(query, { variables });
  const shown = (data ?? previousData) as Data | undefined;
  const list = shown && listOf(shown);
  const endCursor = list?.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
  const more = useCallback(() => {
    if (!loading) fetchMore({ variables: { first: FURTHER_ROWS, after: endCursor } }).catch(() => undefined);
  }, [loading, fetchMore, endCursor]);
  return { list, isCurrent: data !== undefined, error, refetch, more: endCursor ? more : undefined };
}
