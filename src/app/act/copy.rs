//! Taking something along: what is selected, in one of several forms.

use crate::action::Action;
use crate::app::{Effect, Form, Library, State};

/// What copying asks of the shell; `None` if `action` is no copying.
pub(super) fn copy(state: &State, action: Action, library: &Library) -> Option<Effect> {
    let what = state.address(library);
    Some(match action {
        Action::CopyText => Effect::Copy(Form::Text, what),
        Action::CopyCitation => Effect::Copy(Form::Citation, what),
        Action::CopyAddress => Effect::Copy(Form::Address, what),
        Action::CopyJson => Effect::Copy(Form::Json, what),
        Action::ShowPlain => Effect::ShowPlain(what),
        _ => return None,
    })
}
