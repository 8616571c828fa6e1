import { Code, List, Stack, Table, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Loading } from '../parts/states.tsx';
import { type GuideBlock, guidePart, guideRuns } from './guide-text.ts';
import type { HelpTopic } from './help-topics.ts';

/** The guides' texts, each a piece of its own that is loaded when it is read. */
const guides = import.meta.glob<string>('../../docs/{staff,administrators,fhir-api}.md', { query: '?raw', import: 'default' });

/** What the guide says about a screen, read beside it. The guide is in English. */
export function GuidePart({ guide, part }: HelpTopic) {
  const [blocks, setBlocks] = useState<readonly GuideBlock[]>();
  useEffect(() => {
    let isOver = false;
    void guides[`../../docs/${guide}`]?.().then((text) => {
      if (!isOver) setBlocks(guidePart(text, part));
    });
    return () => {
      isOver = true;
    };
  }, [guide, part]);
  if (!blocks) return <Loading rows={4} />;
  return (
    <Stack gap="sm" component="section" aria-label={part} lang="en">
      <Title order={3} size="sm">
        {part}
      </Title>
      {blocks.map((block) => (
        <Block key={JSON.stringify(block)} block={block} />
      ))}
    </Stack>
  );
}

function Block({ block }: { block: GuideBlock }) {
  if (block.kind === 'heading')
    return (
      <Title order={4} size="sm">
        {block.text}
      </Title>
    );
  if (block.kind === 'paragraph')
    return (
      <Text size="sm">
        <Runs text={block.text} />
      </Text>
    );
  if (block.kind === 'list')
    return (
      <List size="sm" spacing={4}>
        {block.items.map((item) => (
          <List.Item key={item}>
            <Runs text={item} />
          </List.Item>
        ))}
      </List>
    );
  const body = block.rows.map((row) => row.map((cell) => <Runs key={cell} text={cell} />));
  return <Table verticalSpacing={2} fz="xs" data={{ body }} />;
}

function Runs({ text }: { text: string }) {
  return guideRuns(text).map(({ style, text: words, at }) => {
    if (style === 'code') return <Code key={at}>{words}</Code>;
    return style === 'strong' ? <strong key={at}>{words}</strong> : <span key={at}>{words}</span>;
  });
}
