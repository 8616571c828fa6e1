import { ApolloLink } from '@apollo/client';
import { from, of, switchMap } from 'rxjs';
import { askForCode } from '../parts/code-asking.ts';

/** A ceremony that was refused because a code has to be shown first: a person is asked for one, and the act is sent once more. */
export function codeLink(): ApolloLink {
  return new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      switchMap((result) => {
        const isWanted = result.errors?.some(({ extensions }) => extensions?.code === 'vault.code-needed') ?? false;
        if (!isWanted) return of(result);
        return from(askForCode()).pipe(switchMap((isShown) => (isShown ? forward(operation) : of(result))));
      }),
    ),
  );
}
