import { Alert, Badge, Button, Checkbox, CloseButton, FileButton, Group, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shrinkPicture } from './shrink-picture.ts';

const sections = ['problem', 'allergy', 'medication', 'immunization', 'result', 'vital', 'procedure', 'encounter'] as const;
type Section = (typeof sections)[number];
type Picture = Awaited<ReturnType<typeof shrinkPicture>>;
const MOST_PICTURES = 8;

/** What a case is made of, before it is signed. */
export interface CaseChoice {
  readonly question: string;
  readonly chosen: readonly Section[];
  readonly pictures: readonly Picture[];
}

export const EMPTY_CASE: CaseChoice = { question: '', chosen: [], pictures: [] };

/** As the service takes it. */
export const caseInput = ({ question, chosen, pictures }: CaseChoice) => ({
  question,
  sections: [...chosen],
  pictures: [...pictures],
});

interface CaseFieldsProps {
  readonly value: CaseChoice;
  /** What else to know before writing. */
  readonly hint?: string;
  readonly onChange: (change: (before: CaseChoice) => CaseChoice) => void;
}

/** The question, which parts of the record go along, and pictures. Nothing is chosen beforehand. */
export function CaseFields({ value, hint = '', onChange }: CaseFieldsProps) {
  const { t } = useTranslation();
  const { question, chosen, pictures } = value;
  return (
    <>
      <Textarea
        label={t('consult.question')}
        description={`${t('consult.questionHint')} ${hint}`.trim()}
        value={question}
        onChange={(event) => {
          const { value: words } = event.currentTarget;
          onChange((before) => ({ ...before, question: words }));
        }}
        autosize
        minRows={4}
        required
      />
      <Checkbox.Group
        label={t('consult.along')}
        description={t('consult.alongHint')}
        value={[...chosen]}
        onChange={(values) =>
          onChange((before) => ({ ...before, chosen: sections.filter((section) => values.includes(section)) }))
        }
      >
        <SimpleGrid cols={4} mt="xs" spacing="xs">
          {sections.map((section) => (
            <Checkbox key={section} value={section} label={t(`consult.section.${section}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <Pictures pictures={pictures} onChange={onChange} />
    </>
  );
}

interface PicturesProps extends Pick<CaseFieldsProps, 'onChange'> {
  readonly pictures: CaseChoice['pictures'];
}

/** Pictures that go along, made smaller before they do. */
function Pictures({ pictures, onChange }: PicturesProps) {
  const { t } = useTranslation();
  const [refused, setRefused] = useState('');
  const add = async (files: readonly File[]): Promise<void> => {
    setRefused('');
    for (const file of files.slice(0, MOST_PICTURES - pictures.length)) {
      const picture = await shrinkPicture(file).catch(() => undefined);
      if (picture) onChange((before) => ({ ...before, pictures: [...before.pictures, picture] }));
      else setRefused(file.name);
    }
  };
  return (
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
                onClick={() =>
                  onChange((before) => ({ ...before, pictures: before.pictures.filter((_, index) => index !== at) }))
                }
              />
            }
          >
            {name}
          </Badge>
        ))}
      </Group>
      {refused ? <Alert color="red">{t('consult.noPicture', { name: refused })}</Alert> : null}
    </Stack>
  );
}
