/** Who may see my records: each consent in plain words, and giving, confirming or ending one in two steps each. */
import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { MyConsentsQuery, OwnConsentPartsFragment, OwnConsentState } from '../../generated/kiosk/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { useCategory, usePurpose } from '../check-in/code-words.ts';
import { CardList, Fact, JustDone, KioskPage, ScreenTitle, Unanswered, WordList } from '../kiosk-parts.tsx';

const myConsents = graphql(`
  query MyConsents {
    me {
      actedForBy
      mayConsent
      mayGive
    }
    consents {
      ...OwnConsentParts
    }
  }
  fragment OwnConsentParts on OwnConsent {
    id
    recipient
    research
    categories
    purpose
    starts
    ends
    state
    reach
    signedBy
    text
    hash
    language
    recordedAt
    withdrawnAt
  }
`);

const COLOURS: Readonly<Record<OwnConsentState, string>> = {
  WAITING: 'orange',
  FUTURE: 'blue',
  IN_FORCE: 'green',
  EXPIRED: 'gray',
  WITHDRAWN: 'gray',
};

/** What was just done. */
export interface DoneConsent {
  readonly done: 'given' | 'confirmed' | 'ended';
  readonly consent: OwnConsentPartsFragment;
}

/** What who is checked in may do with the consents that are shown; somebody who acts for the patient not all of it. */
export type ConsentRights = Pick<MyConsentsQuery['me'], 'actedForBy' | 'mayConsent' | 'mayGive'>;

interface ConsentsProps {
  readonly done: DoneConsent | undefined;
  readonly onGive: () => void;
  readonly onCould: () => void;
  readonly onOpen: (consent: OwnConsentPartsFragment, may: ConsentRights) => void;
}

export function Consents({ done, onGive, onCould, onOpen }: ConsentsProps) {
  const { t } = useTranslation('kiosk');
  const asked = useQuery(myConsents);
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const { consents, me } = asked.data;
  return (
    <KioskPage>
      <ScreenTitle>{t(me.actedForBy == null ? 'home.consents' : 'acting.home.consents')}</ScreenTitle>
      {done ? <JustDone title={t(`consents.${done.done}`)}>{t(reachWord(done.consent))}</JustDone> : null}
      {consents.length === 0 ? <Text size="lg">{t('consents.none')}</Text> : null}
      {me.mayGive ? null : <Text fw={700}>{t(me.mayConsent ? 'refusals.consent.deceased' : 'acting.noConsents')}</Text>}
      <Group>
        {me.mayGive ? <Button onClick={onGive}>{t('consents.give')}</Button> : null}
        {me.actedForBy == null ? <Button onClick={onCould}>{t('could.title')}</Button> : null}
      </Group>
      <CardList items={consents} keyOf={({ id }) => id}>
        {(consent) => (
          <>
            <ConsentFacts consent={consent} isOwn={me.actedForBy == null} />
            <Group mt="md">
              <Button onClick={() => onOpen(consent, me)}>{t(openingWord(consent, me))}</Button>
            </Group>
          </>
        )}
      </CardList>
    </KioskPage>
  );
}

const isOver = ({ state }: Pick<OwnConsentPartsFragment, 'state'>): boolean => state === 'EXPIRED' || state === 'WITHDRAWN';

/** Of what the clinic has written down and not finished nothing can be signed yet. */
export const canBeSigned = ({ state, reach }: Pick<OwnConsentPartsFragment, 'state' | 'reach'>): boolean =>
  !isOver({ state }) && reach !== 'RECORDED';

/** Whose word they are: what nobody signed with a card is not called signed. */
export const wordsTitle = ({ signedBy }: Pick<OwnConsentPartsFragment, 'signedBy'>) =>
  signedBy === 'CLINIC' ? 'consents.readRecorded' : 'consents.read';

const openingWord = (consent: OwnConsentPartsFragment, { mayConsent, mayGive }: ConsentRights) => {
  if (!canBeSigned(consent) || !mayConsent) return wordsTitle(consent);
  return consent.signedBy !== 'CLINIC' || !mayGive ? 'consents.open' : 'consents.openToConfirm';
};

/** How far the consent holds; of one that was ended, how far its end does. */
const reachWord = ({ state, reach }: Pick<OwnConsentPartsFragment, 'state' | 'reach'>) =>
  state === 'WITHDRAWN'
    ? (`consents.endReach.${reach === 'REGION' ? 'REGION' : 'HERE'}` as const)
    : (`consents.reach.${reach}` as const);

/** Who, what, why, until when, and how far it reaches. */
export function ConsentFacts({ consent, isOwn }: { consent: OwnConsentPartsFragment; isOwn: boolean }) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const purpose = usePurpose();
  const category = useCategory();
  return (
    <Stack gap="sm">
      <Badge size="xl" color={COLOURS[consent.state]} styles={{ label: { fontSize: '1.125rem' } }}>
        {t(`consents.state.${consent.state}`)}
      </Badge>
      <Fact name={t('consents.who')}>{consent.recipient}</Fact>
      <Fact name={t('consents.what')}>
        <WordList words={consent.categories.map(category)} />
      </Fact>
      <Fact name={t('consents.why')}>{purpose(consent.purpose)}</Fact>
      <Fact name={t('consents.until')}>{consent.ends === null ? t('consents.openEnd') : format.day(consent.ends)}</Fact>
      {consent.state === 'EXPIRED' ? null : <Text>{t(reachWord(consent))}</Text>}
      {isOwn ? <Text>{t(`consents.signed.${consent.signedBy}`)}</Text> : null}
    </Stack>
  );
}
