import { ApolloLink } from '@apollo/client';
import { from, of, switchMap } from 'rxjs';
import { askForCode, type WantedCeremony } from '../parts/camera/code-asking.ts';

/** Of who has a second factor, and of who has to set one up first. */
const ASKING = ['vault.code-needed', 'vault.second-factor-needed'];

/** A ceremony that was refused because a second factor has to be shown first: a person is asked for it, and the act is sent once more. */
export function codeLink(): ApolloLink {
  return new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      switchMap((result) => {
        const refusal = result.errors?.find(({ extensions }) => ASKING.includes(String(extensions?.code)));
        const wanted = refusal?.extensions?.details as WantedCeremony | undefined;
        if (!wanted) return of(result);
        return from(askForCode(wanted)).pipe(switchMap((isShown) => (isShown ? forward(operation) : of(result))));
      }),
    ),
  );
}
