import type { Edge, Node } from '@xyflow/react';
import type { GraphEdge, GraphNode } from '../model/graph-model.ts';
import type { Box, Point } from '../layout/types.ts';

export interface CardData extends Record<string, unknown> {
  readonly node: GraphNode;
  readonly colour: string;
  readonly selected: boolean;
  /** Whether the selected finding concerns this card. */
  readonly concerned: boolean;
  /** The one card that Tab enters at. */
  readonly entry: boolean;
  readonly onOpen: (id: string) => void;
  readonly onExpand: (id: string) => void;
}
export type CardNode = Node<CardData, 'card'>;

export interface HopData extends Record<string, unknown> {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  readonly label: Box | undefined;
  readonly selected: boolean;
  readonly onOpen: (edge: GraphEdge) => void;
}
export type HopEdge = Edge<HopData, 'hop'>;
