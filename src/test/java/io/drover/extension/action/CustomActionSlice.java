package io.drover.extension.action;

import org.springframework.context.annotation.Import;

/** What custom actions need besides a database, an inventory's details and a ledger. */
@Import({CustomActions.class, CustomActionRecord.class, CustomActionRepository.class})
public class CustomActionSlice {}
