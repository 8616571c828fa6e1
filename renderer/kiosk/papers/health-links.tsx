/** SMART Health Links: a code that a doctor elsewhere scans. What it shows and for how long is chosen here, and it is ended here. */
import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Checkbox, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { HealthLinkPartsFragment } from '../../generated/kiosk/graphql.ts';
import { QrCode } from '../../parts/paper/qr-code.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { Choice, Missing, OneOf, Part } from '../choices.tsx';
import { DecidingButton } from '../deciding-button.tsx';
import { CardList, KioskPage, Refused, ScreenTitle, Unanswered, Waiting } from '../kiosk-parts.tsx';

graphql(`
  fragment HealthLinkParts on OwnHealthLink {
    id
    madeBy
    code
    parts
    ends
    passcode
    state
    opened
    lastOpened
    recipient
    triesLeft
  }
`);
const myHealthLinks = graphql(`
  query MyHealthLinks {
    me {
      mayConsent
      actedForBy
    }
    healthLinks {
      offered
      links {
        ...HealthLinkParts
      }
    }
  }
`);
const makeMyHealthLink = graphql(`
  mutation MakeMyHealthLink($parts: [String!]!, $hours: Int!, $passcode: Boolean!) {
    makeHealthLink(parts: $parts, hours: $hours, passcode: $passcode) {
      link {
        ...HealthLinkParts
      }
      passcode
    }
  }
`);
const endMyHealthLink = graphql(`
  mutation EndMyHealthLink($link: ID!) {
    endHealthLink(link: $link) {
      offered
      links {
        ...HealthLinkParts
      }
    }
  }
`);

const PARTS = ['problems', 'allergies', 'medications', 'immunizations', 'results', 'procedures'] as const;
const HOURS = { hour: 1, day: 24, week: 168, month: 720 } as const;
type Period = keyof typeof HOURS;

export function HealthLinks() {
  const { t } = useTranslation('kiosk');
  const asked = useQuery(myHealthLinks);
  const [end, ending] = useMutation(endMyHealthLink);
  const [shown, setShown] = useState<{ readonly link: HealthLinkPartsFragment; readonly passcode: string } | undefined>();
  const [making, setMaking] = useState(false);
  if (shown)
    return (
      <ShownLink
        link={shown.link}
        passcode={shown.passcode}
        onBack={() => void asked.refetch().then(() => setShown(undefined))}
      />
    );
  if (making)
    return (
      <MakeLink
        onMade={(made) => {
          setMaking(false);
          setShown(made);
        }}
        onKeep={() => setMaking(false)}
      />
    );
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const { healthLinks, me } = asked.data;
  const endNow = (link: string): void => {
    end({ variables: { link } }).then(
      () => void asked.refetch(),
      () => undefined,
    );
  };
  return (
    <KioskPage key="links">
      <ScreenTitle>{t('links.title')}</ScreenTitle>
      <Text>{t('links.explain')}</Text>
      {me.actedForBy == null ? null : <Text>{t('links.acting')}</Text>}
      {healthLinks.offered && me.mayConsent ? (
        <Group>
          <Button variant="filled" onClick={() => setMaking(true)}>
            {t('links.make')}
          </Button>
        </Group>
      ) : null}
      {healthLinks.offered ? null : <Text fw={700}>{t('links.notOffered')}</Text>}
      {ending.error ? <Refused error={ending.error} /> : null}
      {healthLinks.links.length === 0 ? <Text size="lg">{t('links.none')}</Text> : null}
      <CardList items={healthLinks.links} keyOf={({ id }) => id}>
        {(link) => (
          <OneLink
            link={link}
            onShow={() => setShown({ link, passcode: '' })}
            onEnd={me.mayConsent ? () => endNow(link.id) : undefined}
          />
        )}
      </CardList>
    </KioskPage>
  );
}

interface OneLinkProps {
  readonly link: HealthLinkPartsFragment;
  readonly onShow: () => void;
  readonly onEnd: (() => void) | undefined;
}

function OneLink({ link, onShow, onEnd }: OneLinkProps) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const { madeBy, parts, ends, state, opened, lastOpened, recipient } = link;
  return (
    <Stack gap="xs">
      <Title order={2}>{format.list(parts.map((part) => t(`papers.sections.${part as 'problems'}`)))}</Title>
      <Text fw={700}>{state === 'ENDED' ? t('links.ended') : t('links.until', { time: format.moment(ends) })}</Text>
      {madeBy == null ? null : <Text>{madeBy ? t('links.madeBy', { name: madeBy }) : t('links.madeForMe')}</Text>}
      {state === 'UNKNOWN' ? <Text>{t('links.unknown')}</Text> : null}
      {state === 'OPEN' ? <Text>{t('links.opened', { count: opened })}</Text> : null}
      {lastOpened == null ? null : <Text>{t('links.last', { who: recipient, time: format.moment(lastOpened) })}</Text>}
      {state === 'ENDED' ? null : (
        <Group>
          <Button onClick={onShow}>{t('links.show')}</Button>
          {onEnd ? (
            <DecidingButton isPlain onPress={onEnd}>
              {t('links.end')}
            </DecidingButton>
          ) : null}
        </Group>
      )}
    </Stack>
  );
}

interface ShownLinkProps {
  readonly link: HealthLinkPartsFragment;
  /** '' where it was told already, or there is none. */
  readonly passcode: string;
  readonly onBack: () => void;
}

function ShownLink({ link, passcode, onBack }: ShownLinkProps) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  return (
    <KioskPage key="shown">
      <ScreenTitle>{t('links.scan')}</ScreenTitle>
      <Text>{t('links.whoever')}</Text>
      <Group justify="center">
        <QrCode text={link.code} label={t('links.code')} size={420} />
      </Group>
      <Text fw={700}>{t('links.until', { time: format.moment(link.ends) })}</Text>
      {passcode ? (
        <Alert role="status" title={t('links.passcode')} styles={{ title: { fontSize: 'var(--mantine-font-size-lg)' } }}>
          <Text size="2rem" fw={700} style={{ letterSpacing: '0.2em' }}>
            <bdi dir="ltr">{passcode}</bdi>
          </Text>
          <Text>{t('links.passcodeOnce')}</Text>
        </Alert>
      ) : null}
      <Group>
        <Button variant="filled" onClick={onBack}>
          {t('links.back')}
        </Button>
      </Group>
    </KioskPage>
  );
}

interface MakeLinkProps {
  readonly onMade: (made: { readonly link: HealthLinkPartsFragment; readonly passcode: string }) => void;
  readonly onKeep: () => void;
}

function MakeLink({ onMade, onKeep }: MakeLinkProps) {
  const { t } = useTranslation('kiosk');
  const [parts, setParts] = useState<readonly string[]>([]);
  const [period, setPeriod] = useState<Period | undefined>();
  const [passcode, setPasscode] = useState<boolean | undefined>();
  const [missing, setMissing] = useState(false);
  const [make, { loading, error }] = useMutation(makeMyHealthLink);
  if (loading) return <Waiting />;
  const submit = (): void => {
    setMissing(parts.length === 0 || !period || passcode === undefined);
    if (parts.length === 0 || !period || passcode === undefined) return;
    make({ variables: { parts: [...parts], hours: HOURS[period], passcode } }).then(
      ({ data }) => data && onMade(data.makeHealthLink),
      () => undefined,
    );
  };
  return (
    <KioskPage key="making">
      <ScreenTitle>{t('links.make')}</ScreenTitle>
      <Part title={t('links.what')} hint={t('links.chooseWhat')}>
        {PARTS.map((part) => (
          <Choice key={part} label={t(`papers.sections.${part}`)}>
            <Checkbox
              checked={parts.includes(part)}
              onChange={({ currentTarget: { checked } }) =>
                setParts(checked ? [...parts, part] : parts.filter((other) => other !== part))
              }
              aria-label={t(`papers.sections.${part}`)}
            />
          </Choice>
        ))}
      </Part>
      <OneOf
        title={t('links.howLong')}
        offered={(Object.keys(HOURS) as Period[]).map((name) => [name, t(`links.${name}`)])}
        chosen={period}
        onChoose={setPeriod}
      />
      <Part title={t('links.passcode')} hint={t('links.passcodeWhy')}>
        {([true, false] as const).map((isWanted) => {
          const label = t(isWanted ? 'links.withPasscode' : 'links.withoutPasscode');
          return (
            <Choice key={label} label={label}>
              <Radio name="passcode" checked={passcode === isWanted} onChange={() => setPasscode(isWanted)} aria-label={label} />
            </Choice>
          );
        })}
      </Part>
      {missing ? <Missing /> : null}
      {error ? <Refused error={error} /> : null}
      <Group>
        <DecidingButton onPress={submit}>{t('links.make')}</DecidingButton>
        <Button onClick={onKeep}>{t('consents.notNow')}</Button>
      </Group>
    </KioskPage>
  );
}
