/**
 * Questions that go past the paper, each answered on the same recordings by one command with a
 * table and a plot: {@link io.livemind.cli.study.Studies} has the questions, {@link
 * io.livemind.cli.study.StudyRun} plays one, {@link io.livemind.cli.study.LoadStudy} is the one
 * that needs several runs, {@link io.livemind.cli.study.LatencyStudy} the one that needs none,
 * {@link io.livemind.cli.study.StudyPage} and {@link io.livemind.cli.study.SvgChart} show what came
 * out.
 */
@NullMarked
package io.livemind.cli.study;

import org.jspecify.annotations.NullMarked;
