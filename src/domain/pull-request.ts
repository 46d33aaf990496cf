export interface PullRequest {
  readonly id: string;
  readonly fixId: string;
  readonly anomalyId: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly branchName: string;
  readonly baseBranch: string;
  readonly title: string;
  readonly description: string;
  readonly status: 'creating' | 'open' | 'merged' | 'closed';
  readonly githubPrNumber: number | null;
  readonly githubPrUrl: string | null;
  readonly jiraTicketId: string | null;
  readonly reviewStatus: 'pending' | 'approved' | 'changes_requested';
  readonly timestamp: number;
}
