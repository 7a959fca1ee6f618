/** Groups of code that is alike in meaning, as the doors show them. */

export interface ClusterMember {
  readonly key: string;
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

export interface CodeCluster {
  /** From 1, the largest first. */
  readonly number: number;
  /** Words that tell it from the others, the most telling first. */
  readonly words: readonly string[];
  readonly size: number;
  readonly files: number;
  /** The folder that holds most of it, and that share, 0 to 1. */
  readonly folder: string;
  readonly folderShare: number;
  /** Mean cosine of the members to their centre: how much alike they are. */
  readonly cohesion: number;
  /** The most typical ones first. */
  readonly members: readonly ClusterMember[];
}

/** A dot of the picture: 0 to 1 both ways; cluster 0 for none. */
export interface ClusterDot {
  readonly x: number;
  readonly y: number;
  readonly cluster: number;
  readonly name: string;
  readonly path: string;
}

export interface ClusterReport {
  readonly clusters: readonly CodeCluster[];
  /** Functions and types that were looked at. */
  readonly looked: number;
  /** Of how many; more where only some were looked at. */
  readonly total: number;
  /** Looked at and in no cluster. */
  readonly loose: number;
  readonly dots: readonly ClusterDot[];
  readonly notes: readonly string[];
}
