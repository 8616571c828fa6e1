import { useApolloClient, useQuery } from '@apollo/client/react';
import {
  Alert,
  Badge,
  Button,
  Checkbox,
  CloseButton,
  FileButton,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PassphraseDialog } from '../../parts/passphrase-dialog.tsx';
import { askConsult, consultClinics } from './consult-documents.ts';
import { shrinkPicture } from './shrink-picture.ts';

const sections = ['problem', 'allergy', 'medication', 'immunization', 'result', 'vital', 'procedure', 'encounter'] as const;
type Section = (typeof sections)[number];
type Picture = Awaited<ReturnType<typeof shrinkPicture>>;
const MOST_PICTURES = 8;

interface AskConsultProps {
  readonly patient: string;
  readonly onClose: () => void;
  readonly onAsked: () => void;
}

/** A question to another clinic: whom, what, and which parts of the record go along. Nothing is chosen beforehand. */
export function AskConsult({ patient, onClose, onAsked }: AskConsultProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const clinics = useQuery(consultClinics).data?.clinics.filter(({ own }) => !own) ?? [];
  const [clinic, setClinic] = useState<string | null>(null);
  const [question, setQuestion] = useState('');
  const [chosen, setChosen] = useState<readonly Section[]>([]);
  const [pictures, setPictures] = useState<readonly Picture[]>([]);
  const [refused, setRefused] = useState('');

  const add = async (files: readonly File[]): Promise<void> => {
    setRefused('');
    for (const file of files.slice(0, MOST_PICTURES - pictures.length)) {
      const picture = await shrinkPicture(file).catch(() => undefined);
      if (picture) setPictures((before) => [...before, picture]);
      else setRefused(file.name);
    }
  };
  const send = async (passphrase: string): Promise<void> => {
    const input = { patient, clinic: clinic ?? '', question, sections: [...chosen], pictures: [...pictures] };
    await client.mutate({ mutation: askConsult, variables: { input, passphrase } });
    onAsked();
  };

  return (
    <PassphraseDialog opened title={t('consult.ask')} action={t('consult.send')} size="xl" onClose={onClose} onConfirm={send}>
      {clinics.length === 0 ? <Alert color="orange">{t('consult.noClinics')}</Alert> : null}
      <Select
        label={t('consult.clinic')}
        data={clinics.map(({ chain, name }) => ({ value: chain, label: name }))}
        value={clinic}
        onChange={setClinic}
        required
        data-autofocus
      />
      <Textarea
        label={t('consult.question')}
        description={t('consult.questionHint')}
        value={question}
        onChange={(event) => setQuestion(event.currentTarget.value)}
        autosize
        minRows={4}
        required
      />
      <Checkbox.Group
        label={t('consult.along')}
        description={t('consult.alongHint')}
        value={[...chosen]}
        onChange={(values) => setChosen(sections.filter((section) => values.includes(section)))}
      >
        <SimpleGrid cols={4} mt="xs" spacing="xs">
          {sections.map((section) => (
            <Checkbox key={section} value={section} label={t(`consult.section.${section}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <Stack gap={6} align="flex-start">
        <FileButton
          multiple
          accept="image/*"
          onChange={(files) => void add(files)}
          inputProps={{ 'aria-label': t('consult.addPictures') }}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconPhoto size={16} aria-hidden />}
              disabled={pictures.length >= MOST_PICTURES}
            >
              {t('consult.addPictures')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          {t('consult.picturesHint')}
        </Text>
        <Group gap="xs">
          {pictures.map(({ name }, at) => (
            <Badge
              key={name}
              color="gray"
              rightSection={
                <CloseButton
                  size="xs"
                  aria-label={t('consult.removePicture', { name })}
                  onClick={() => setPictures(pictures.filter((_, index) => index !== at))}
                />
              }
            >
              {name}
            </Badge>
          ))}
        </Group>
        {refused ? <Alert color="red">{t('consult.noPicture', { name: refused })}</Alert> : null}
      </Stack>
    </PassphraseDialog>
  );
}
