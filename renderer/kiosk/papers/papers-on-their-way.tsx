/** Earlier papers are shown while later ones are on their way to this kiosk: of when they are, on every screen that is made of them. */
import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import { quietly } from '../../parts/quietly.ts';
import { useFormat } from '../../parts/words/use-format.ts';

const papersNow = graphql(`
  query PapersNow {
    me {
      asOf
      newerOnItsWay
    }
  }
`);

const ASKED_AGAIN_MS = 10_000;

export function PapersOnTheirWay() {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const client = useApolloClient();
  const me = useQuery(papersNow, { pollInterval: ASKED_AGAIN_MS }).data?.me;
  const asOf = me?.asOf;
  // What is on the screen is made of them: it is asked for anew when others have come.
  const shown = useRef(asOf);
  useEffect(() => {
    if (shown.current !== undefined && asOf !== shown.current) quietly(client.refetchQueries({ include: 'active' }));
    shown.current = asOf;
  }, [asOf, client]);
  if (!me?.newerOnItsWay) return null;
  return (
    <Alert color="blue" role="status" className="kiosk-notice">
      <Text c="black">{t('papers.earlier', { time: format.moment(me.asOf) })}</Text>
    </Alert>
  );
}
